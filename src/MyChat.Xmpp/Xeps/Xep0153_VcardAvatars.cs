using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0153: vCard-Based Avatars: names, the hash in presence, and which pictures there are.</summary>
public static class VcardAvatars
{
    public const string Ns = "vcard-temp:x:update";
    public static readonly XName Update = new(Ns, "x");
    public static readonly XName Photo = new(Ns, "photo");

    /// <summary>What presence carries: with null that it is not known yet (§4.1), with an empty text that there is no picture.</summary>
    public static Element MakeUpdate(string? hash) => new(Update, hash is null ? null : new Element(Photo, hash));

    /// <summary>What somebody's presence says: a hash in lower case, empty for no picture; null when it says nothing (that can be read).</summary>
    public static string? HashIn(Presence presence)
    {
        if (!presence.Payload.Mentions("vcard-temp:x:update"u8) || presence.Payload.Child(Update)?.Child(Photo) is not { } photo)
        {
            return null;
        }
        var hash = photo.Text.Trim().ToLowerInvariant();
        return hash.Length == 0 || IsHash(hash) ? hash : null;
    }

    /// <summary>Whether a text is a hash as <see cref="HashOf"/> writes it.</summary>
    public static bool IsHash(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);

    [SuppressMessage("Security", "CA5350", Justification = "§3: it names pictures; nothing is kept secret or proved by it.")]
    public static string HashOf(ReadOnlySpan<byte> picture) => Convert.ToHexStringLower(SHA1.HashData(picture));

    /// <summary>The media type by the first bytes, whatever the vCard says (§4.5): image/png, image/jpeg, image/gif or image/webp; else null.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> picture) => picture switch
    {
        _ when picture.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) => "image/png",
        _ when picture.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => "image/jpeg",
        _ when picture.StartsWith("GIF87a"u8) || picture.StartsWith("GIF89a"u8) => "image/gif",
        _ when picture.Length > 12 && picture.StartsWith("RIFF"u8) && picture[8..].StartsWith("WEBP"u8) => "image/webp",
        _ => null,
    };
}
