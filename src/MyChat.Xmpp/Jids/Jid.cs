using System.Diagnostics.CodeAnalysis;

namespace MyChat.Xmpp.Jids;

/// <summary>An XMPP address (RFC 7622), normalized when it is made; two JIDs are equal when they name the same entity.</summary>
public abstract class Jid : IEquatable<Jid>
{
    private protected Jid() { }

    /// <summary>The part before the @, or null for the address of a domain.</summary>
    public abstract string? Localpart { get; }

    /// <summary>The domain, always present.</summary>
    public abstract string Domainpart { get; }

    /// <summary>The part after the slash, or null in a bare JID.</summary>
    public abstract string? Resourcepart { get; }

    /// <summary>This address without its resource.</summary>
    public abstract BareJid Bare { get; }

    /// <summary>The address as UTF-8, escaped to stand inside a quoted XML attribute; made once and kept.</summary>
    public ReadOnlyMemory<byte> AttributeUtf8 => throw new NotImplementedException();

    public static Jid Parse(string text) => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Jid? jid) => throw new NotImplementedException();

    public bool Equals(Jid? other) => throw new NotImplementedException();
}
