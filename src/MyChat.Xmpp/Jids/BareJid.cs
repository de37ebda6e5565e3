using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MyChat.Xmpp.Jids;

/// <summary>local@domain, or a domain alone.</summary>
public sealed class BareJid : Jid, IEquatable<BareJid>
{
    // RFC 7622 §3.3.1: forbidden in a localpart although the IdentifierClass allows them.
    private static readonly SearchValues<char> ForbiddenInLocalpart = SearchValues.Create("\"&'/:<>@");

    private BareJid(string? localpart, string domainpart)
    {
        Localpart = localpart;
        Domainpart = domainpart;
    }

    public override string? Localpart { get; }
    public override string Domainpart { get; }
    public override string? Resourcepart => null;
    public override BareJid Bare => this;

    /// <summary>The domain alone: this JID if it has no localpart.</summary>
    public BareJid Domain => Localpart is null ? this : new BareJid(null, Domainpart);

    /// <summary>Parses a bare JID; false for anything with a resource.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out BareJid? jid)
    {
        jid = null;
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        var at = text.IndexOf('@');
        string? localpart = null;
        if (!Jids.Domainpart.TryNormalize(text[(at + 1)..], out var domainpart)
            || (at >= 0 && !TryNormalizeLocalpart(text[..at], out localpart)))
        {
            return false;
        }

        jid = new BareJid(localpart, domainpart);
        return true;
    }

    /// <summary>Parses a bare JID.</summary>
    /// <exception cref="FormatException">The text is no JID, or one with a resource.</exception>
    public static new BareJid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var jid) ? jid : throw NotAJid();
    }

    /// <summary>Makes local@domain from parts as a user typed them; false when a part is not allowed. No localpart is null, not
    /// "".</summary>
    public static bool TryCreate(string? localpart, string domainpart, [NotNullWhen(true)] out BareJid? jid)
    {
        jid = null;
        string? local = null;
        if (!Jids.Domainpart.TryNormalize(domainpart, out var domain)
            || (localpart is not null && !TryNormalizeLocalpart(localpart, out local)))
        {
            return false;
        }

        jid = new BareJid(local, domain);
        return true;
    }

    /// <summary>This address with a resource; false when the resource is not allowed (RFC 7622 §3.4).</summary>
    public bool TryWithResource(string resourcepart, [NotNullWhen(true)] out FullJid? jid) =>
        FullJid.TryMake(this, resourcepart, out jid);

    public bool Equals(BareJid? other) =>
        ReferenceEquals(this, other) || (other is not null && Localpart == other.Localpart && Domainpart == other.Domainpart);

    public override bool Equals(object? obj) => Equals(obj as BareJid);

    public override int GetHashCode() => base.GetHashCode();

    public override string ToString() => Localpart is null ? Domainpart : string.Concat(Localpart, "@", Domainpart);

    private protected override int ComputeHash() => HashCode.Combine(Localpart, Domainpart);

    // RFC 7622 §3.3. The exclusions are looked for after the mapping, which makes an @ of a full-width one.
    private static bool TryNormalizeLocalpart(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? localpart)
    {
        if (text.Length <= MaxTextLength && Precis.UsernameCaseMapped.TryEnforce(text, out localpart)
            && localpart.AsSpan().IndexOfAny(ForbiddenInLocalpart) < 0 && FitsPart(localpart))
        {
            return true;
        }

        localpart = null;
        return false;
    }
}
