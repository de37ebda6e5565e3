using System.Diagnostics.CodeAnalysis;

namespace MyChat.Xmpp.Jids;

/// <summary>local@domain, or a domain alone.</summary>
public sealed class BareJid : Jid, IEquatable<BareJid>
{
    public override string? Localpart => throw new NotImplementedException();
    public override string Domainpart => throw new NotImplementedException();
    public override string? Resourcepart => null;
    public override BareJid Bare => this;

    /// <summary>Parses a bare JID; false for anything with a resource.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out BareJid? jid) => throw new NotImplementedException();
    public static new BareJid Parse(string text) => throw new NotImplementedException();

    /// <summary>Makes local@domain from parts as a user typed them; false when a part is not allowed.</summary>
    public static bool TryCreate(string? localpart, string domainpart, [NotNullWhen(true)] out BareJid? jid) => throw new NotImplementedException();

    /// <summary>This address with a resource; false when the resource is not allowed (RFC 7622 §3.4).</summary>
    public bool TryWithResource(string resourcepart, [NotNullWhen(true)] out FullJid? jid) => throw new NotImplementedException();

    /// <summary>The domain alone.</summary>
    public BareJid Domain => throw new NotImplementedException();

    public bool Equals(BareJid? other) => throw new NotImplementedException();
}
