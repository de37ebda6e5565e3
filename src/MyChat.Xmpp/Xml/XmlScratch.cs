using System.Text;

namespace MyChat.Xmpp.Xml;

/// <summary>One attribute of the current start tag: where its parts stand in the piece.</summary>
internal struct XmlAttribute
{
    public int NameStart;
    public int PrefixLength;
    public int LocalStart;
    public int LocalLength;
    public int ValueStart;
    public int ValueLength;

    /// <summary>Whether the value holds references or white space to be normalized.</summary>
    public bool NeedsDecoding;
    public bool IsDeclaration;

    /// <summary>The namespace; set once the whole tag is read.</summary>
    public string Ns;
}

/// <summary>A prefix in scope; its bytes are its own (stream header) or a range of the piece.</summary>
internal struct XmlBinding
{
    public byte[]? Prefix;
    public int Start;
    public int Length;
    public string Ns;
}

/// <summary>An element that is open: its name as written, and the bindings before it.</summary>
internal struct XmlOpen
{
    public int NameStart;
    public int NameLength;
    public int Bindings;

    /// <summary>Its namespace; set once the whole tag is read.</summary>
    public string Ns;
}

/// <summary>The working memory of a scan, one per thread, so that an idle stream holds none.</summary>
internal sealed class XmlScratch
{
    public const int MaxAttributes = 64;
    public const int MaxBindings = 128;
    public const int MaxDepth = 256;

    [ThreadStatic]
    private static XmlScratch? s_current;

    public readonly XmlAttribute[] Attributes = new XmlAttribute[MaxAttributes];
    public readonly XmlBinding[] Bindings = new XmlBinding[MaxBindings];
    public readonly XmlOpen[] Open = new XmlOpen[MaxDepth];
    public readonly XmlStrings Strings = new();

    public static XmlScratch Rent()
    {
        var scratch = s_current ?? new XmlScratch();
        s_current = null;
        return scratch;
    }

    public static void Return(XmlScratch scratch) => s_current = scratch;
}

/// <summary>Short ASCII strings that were seen lately (names, namespaces), so that they are not made anew for each stanza.</summary>
internal sealed class XmlStrings
{
    private const int Slots = 1024;
    private const int MaxLength = 96;
    private readonly string?[] _slots = new string?[Slots];

    public XmlStrings()
    {
        // The constants themselves, so that comparing with them is comparing references.
        foreach (var text in (string[])[Ns.Client, Ns.Streams, Ns.StanzaErrors, Ns.Sasl, Ns.Bind, Ns.Framing, Ns.Xml, Ns.StreamManagement])
        {
            Get(Encoding.UTF8.GetBytes(text), text);
        }
    }

    public string Get(ReadOnlySpan<byte> utf8, string? known = null)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > MaxLength)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var slot = ref _slots[Hash(utf8) % Slots];
        if (slot is not null && Ascii.Equals(utf8, slot))
        {
            return slot;
        }

        return slot = known ?? Encoding.UTF8.GetString(utf8);
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        // FNV-1a; a collision only costs a string.
        var hash = 2166136261u;
        foreach (var b in utf8)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return hash ^ (hash >> 15);
    }
}
