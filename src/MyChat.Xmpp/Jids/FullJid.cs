using System.Diagnostics.CodeAnalysis;

namespace MyChat.Xmpp.Jids;

/// <summary>An address with a resource: one connected client, or a room's occupant.</summary>
public sealed class FullJid : Jid, IEquatable<FullJid>
{
    public override string? Localpart => throw new NotImplementedException();
    public override string Domainpart => throw new NotImplementedException();
    public override string Resourcepart => throw new NotImplementedException();
    public override BareJid Bare => throw new NotImplementedException();
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out FullJid? jid) => throw new NotImplementedException();
    public static new FullJid Parse(string text) => throw new NotImplementedException();
    public bool Equals(FullJid? other) => throw new NotImplementedException();
}
