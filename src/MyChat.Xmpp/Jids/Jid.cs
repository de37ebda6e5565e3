using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace MyChat.Xmpp.Jids;

/// <summary>An XMPP address (RFC 7622), normalized when it is made; two JIDs are equal when they name the same entity.</summary>
/// <remarks>Comparison is ordinal on the normalized parts. A bare JID never equals a full one.</remarks>
public abstract class Jid : IEquatable<Jid>
{
    // Mapping can shorten a part, so the limit of 1023 octets (RFC 7622 §3.1) is checked on the result; this one only bounds the work.
    internal const int MaxTextLength = 4096;
    private const int MaxPartBytes = 1023;
    private static readonly SearchValues<char> EscapedInAttributes = SearchValues.Create("&<>'\"");

    private byte[]? attributeUtf8;
    private int hash;

    private protected Jid() { }

    /// <summary>The part before the @, or null for the address of a domain.</summary>
    public abstract string? Localpart { get; }

    /// <summary>The domain, always present: lower case, with U-labels, without a trailing dot.</summary>
    public abstract string Domainpart { get; }

    /// <summary>The part after the slash, or null in a bare JID.</summary>
    public abstract string? Resourcepart { get; }

    /// <summary>This address without its resource.</summary>
    public abstract BareJid Bare { get; }

    /// <summary>The address as UTF-8, escaped to stand inside an XML attribute in either kind of quotes; made once and kept.</summary>
    public ReadOnlyMemory<byte> AttributeUtf8 => attributeUtf8 ??= EscapeForAttribute(ToString());

    /// <summary>Parses any JID.</summary>
    /// <exception cref="FormatException">The text is no JID.</exception>
    public static Jid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var jid) ? jid : throw NotAJid();
    }

    /// <summary>Parses any JID (RFC 7622 §3.1); false for what is not one, whatever the characters, and for a text beyond 4096
    /// characters.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Jid? jid)
    {
        jid = null;
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        // RFC 7622 §3.2: the resource is what follows the first slash, and only what is left is searched for the @.
        var slash = text.IndexOf('/');
        if (!BareJid.TryParse(slash < 0 ? text : text[..slash], out var bare))
        {
            return false;
        }

        if (slash < 0)
        {
            jid = bare;
            return true;
        }

        var parsed = FullJid.TryMake(bare, text[(slash + 1)..], out var full);
        jid = full;
        return parsed;
    }

    /// <summary>Parses any JID from UTF-8 without XML escapes; false also for malformed UTF-8.</summary>
    public static bool TryParseUtf8(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Jid? jid)
    {
        jid = null;
        if (utf8.Length > MaxTextLength * 3)
        {
            return false;
        }

        const int OnStack = 256;
        var rented = utf8.Length > OnStack ? ArrayPool<char>.Shared.Rent(utf8.Length) : null;
        var buffer = rented ?? stackalloc char[OnStack];
        var status = Utf8.ToUtf16(utf8, buffer, out _, out var length, replaceInvalidSequences: false);
        var parsed = status == OperationStatus.Done && TryParse(buffer[..length], out jid);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return parsed;
    }

    public static bool operator ==(Jid? left, Jid? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Jid? left, Jid? right) => !(left == right);

    public bool Equals(Jid? other) => this switch
    {
        BareJid bare => bare.Equals(other as BareJid),
        FullJid full => full.Equals(other as FullJid),
        _ => false,
    };

    public override bool Equals(object? obj) => Equals(obj as Jid);

    /// <summary>Seeded anew in each process (as the hash code of a string is), so that nobody can choose addresses that collide.</summary>
    public override int GetHashCode() => hash != 0 ? hash : hash = ComputeHash();

    /// <summary>The normalized address, which parses to an equal JID.</summary>
    public abstract override string ToString();

    private protected abstract int ComputeHash();

    internal static FormatException NotAJid() => new("The text is not a JID of the wanted kind (RFC 7622).");

    // RFC 7622 §3.2, §3.3, §3.4: no part may be longer than 1023 octets.
    internal static bool FitsPart(string part) =>
        part.Length <= MaxPartBytes / 3 || Encoding.UTF8.GetByteCount(part) <= MaxPartBytes;

    private static byte[] EscapeForAttribute(string text)
    {
        if (text.AsSpan().IndexOfAny(EscapedInAttributes) < 0)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var escaped = new StringBuilder(text, text.Length + 32)
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("'", "&apos;").Replace("\"", "&quot;");
        return Encoding.UTF8.GetBytes(escaped.ToString());
    }
}
