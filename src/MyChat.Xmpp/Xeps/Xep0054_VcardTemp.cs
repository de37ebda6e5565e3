using System.Text;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0054: vcard-temp: names, and what may be kept.</summary>
public static class VCardTemp
{
    /// <summary>The longest vCard that is kept, in bytes of XML.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>The largest photo, in bytes once decoded (XEP-0153 §4.6 advises 8 KB; phones send more).</summary>
    public const int MaxPhotoBytes = 64 * 1024;

    /// <summary>The longest nickname or full name, in bytes of UTF-8: as for names in rosters.</summary>
    public const int MaxNameBytes = 1023;

    public const string Ns = "vcard-temp";
    public static readonly XName VCard = new(Ns, "vCard");
    public static readonly XName Nickname = new(Ns, "NICKNAME");
    public static readonly XName FullName = new(Ns, "FN");
    public static readonly XName Description = new(Ns, "DESC");
    public static readonly XName Note = new(Ns, "NOTE");
    public static readonly XName Photo = new(Ns, "PHOTO");
    public static readonly XName PhotoType = new(Ns, "TYPE");
    public static readonly XName BinVal = new(Ns, "BINVAL");

    /// <summary>The text of a child, white space made single; null when there is none.</summary>
    public static string? TextOf(Element vcard, XName child) =>
        vcard.Child(child)?.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? string.Join(' ', words) : null;

    /// <summary>Why this vCard may not be kept: a sentence for its owner; null when it may.</summary>
    public static string? FindFault(Element vcard)
    {
        var bytes = Encoding.UTF8.GetByteCount(vcard.ToString());
        if (bytes > MaxBytes)
        {
            return $"The vCard has {bytes} bytes; at most {MaxBytes} are kept.";
        }
        if (new[] { Nickname, FullName }.Any(name => Encoding.UTF8.GetByteCount(TextOf(vcard, name) ?? "") > MaxNameBytes))
        {
            return $"A name is longer than {MaxNameBytes} bytes.";
        }
        foreach (var photo in vcard.Children(Photo).SelectMany(photo => photo.Children(BinVal)))
        {
            // Line breaks inside the Base64 are usual; the decoder passes over them.
            var decoded = new byte[photo.Text.Length];
            if (!Convert.TryFromBase64String(photo.Text, decoded, out var size))
            {
                return "The photo is no Base64.";
            }
            if (size > MaxPhotoBytes)
            {
                return $"The photo has {size} bytes; at most {MaxPhotoBytes} are kept.";
            }
        }
        return null;
    }
}
