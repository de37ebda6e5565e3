using System.Diagnostics.CodeAnalysis;

namespace MyChat.Xmpp.Jids;

/// <summary>An address with a resource: one connected client, or a room's occupant.</summary>
public sealed class FullJid : Jid, IEquatable<FullJid>
{
    private FullJid(BareJid bare, string resourcepart)
    {
        Bare = bare;
        Resourcepart = resourcepart;
    }

    public override string? Localpart => Bare.Localpart;
    public override string Domainpart => Bare.Domainpart;
    public override string Resourcepart { get; }
    public override BareJid Bare { get; }

    /// <summary>Parses a full JID; false for anything without a resource.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out FullJid? jid)
    {
        jid = Jid.TryParse(text, out var any) ? any as FullJid : null;
        return jid is not null;
    }

    /// <summary>Parses a full JID.</summary>
    /// <exception cref="FormatException">The text is no JID, or one without a resource.</exception>
    public static new FullJid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var jid) ? jid : throw NotAJid();
    }

    public bool Equals(FullJid? other) =>
        ReferenceEquals(this, other) || (other is not null && Resourcepart == other.Resourcepart && Bare.Equals(other.Bare));

    public override bool Equals(object? obj) => Equals(obj as FullJid);

    public override int GetHashCode() => base.GetHashCode();

    public override string ToString() => Localpart is null
        ? string.Concat(Domainpart, "/", Resourcepart)
        : $"{Localpart}@{Domainpart}/{Resourcepart}";

    private protected override int ComputeHash() => HashCode.Combine(Localpart, Domainpart, Resourcepart);

    // RFC 7622 §3.4. Spaces at the ends are the OpaqueString profile's business, which keeps them (erratum 4560 withdrew example 18).
    internal static bool TryMake(BareJid bare, ReadOnlySpan<char> resourcepart, [NotNullWhen(true)] out FullJid? jid)
    {
        jid = resourcepart.Length <= MaxTextLength && Precis.OpaqueString.TryEnforce(resourcepart, out var resource) && FitsPart(resource)
            ? new FullJid(bare, resource)
            : null;
        return jid is not null;
    }
}
