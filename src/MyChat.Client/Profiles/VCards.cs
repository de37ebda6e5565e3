using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Profiles;

/// <summary>Profiles as vCards (XEP-0054); pure.</summary>
internal static class VCards
{
    /// <summary>The largest picture of somebody else that is kept, in bytes.</summary>
    public const int MostPictureBytes = 256 * 1024;

    public static Profile Read(Element vcard) => new(
        CleanText.Name(VCardTemp.TextOf(vcard, VCardTemp.Nickname)) ?? CleanText.Name(VCardTemp.TextOf(vcard, VCardTemp.FullName)),
        CleanText.Signature(vcard.Child(SignatureIn(vcard))?.Text),
        ReadPicture(vcard));

    /// <summary>A vCard with this profile in it; all that a profile does not know stays as it is.</summary>
    public static Element Write(Profile profile, Element vcard)
    {
        var kept = Read(vcard);
        var changed = new Dictionary<XName, Element?>();
        // What was shortened for show is not written back shortened.
        if (profile.Name != kept.Name)
        {
            changed[VCardTemp.Nickname] = TextElement(VCardTemp.Nickname, CleanText.Name(profile.Name));
        }
        if (profile.Signature != kept.Signature)
        {
            changed[SignatureIn(vcard)] = null;
            changed[VCardTemp.Description] = TextElement(VCardTemp.Description, CleanText.Signature(profile.Signature));
        }
        if (profile.Picture?.Hash != kept.Picture?.Hash)
        {
            changed[VCardTemp.Photo] = profile.Picture is { } picture ? Write(picture) : null;
        }
        return new Element(
            VCardTemp.VCard,
            vcard.Attributes,
            vcard.Content.Where(node => node is not Element element || !changed.ContainsKey(element.Name)),
            changed.Values);
    }

    /// <summary>A picture that may be shown; null for what is none.</summary>
    public static Picture? MakePicture(byte[] bytes) => bytes.Length <= MostPictureBytes && VcardAvatars.TypeOf(bytes) is { } type
        ? new Picture(VcardAvatars.HashOf(bytes), type, bytes)
        : null;

    /// <summary>Where the signature stands. Prosody keeps a DESC as the note of a vCard4, and gives it back as NOTE.</summary>
    private static XName SignatureIn(Element vcard) =>
        vcard.Child(VCardTemp.Description) is null && vcard.Child(VCardTemp.Note) is not null ? VCardTemp.Note : VCardTemp.Description;

    private static Picture? ReadPicture(Element vcard)
    {
        var text = vcard.Child(VCardTemp.Photo)?.Child(VCardTemp.BinVal)?.Text;
        // Base64 is a third longer, and may have line breaks.
        if (string.IsNullOrWhiteSpace(text) || text.Length > MostPictureBytes * 3 / 2)
        {
            return null;
        }
        var decoded = new byte[text.Length];
        return Convert.TryFromBase64String(text, decoded, out var length) ? MakePicture(decoded[..length]) : null;
    }

    private static Element Write(Picture picture) => new(
        VCardTemp.Photo,
        new Element(VCardTemp.PhotoType, picture.Type),
        new Element(VCardTemp.BinVal, Convert.ToBase64String(picture.Bytes)));

    private static Element? TextElement(XName name, string? text) => text is null ? null : new Element(name, text);
}
