using System.Globalization;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Profiles;

/// <summary>What is kept of somebody's profile; the picture itself is kept once by its hash.</summary>
/// <param name="TriedHash">The hash that presence told when the profile was fetched last, whatever came of it: it is not fetched for that again.</param>
internal sealed record KnownProfile(string? Name, string? Signature, string? PictureHash, string? TriedHash, DateTimeOffset At)
{
    private static readonly XName Root = new("", "profile");
    private static readonly XName SignatureName = new("", "signature");

    public string Write() => new Element(
        Root,
        ("name", Name),
        ("picture", PictureHash),
        ("tried", TriedHash),
        ("at", At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        Signature is null ? null : new Element(SignatureName, Signature)).ToString();

    /// <summary>Null for what cannot be read: it is fetched again.</summary>
    public static KnownProfile? Read(string document)
    {
        try
        {
            var element = Element.Parse(document, defaultNs: "");
            return long.TryParse(element["at"], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < uint.MaxValue
                ? new KnownProfile(element["name"], element.Child(SignatureName)?.Text, element["picture"], element["tried"], DateTimeOffset.FromUnixTimeSeconds(at))
                : null;
        }
        catch (XmlStreamException)
        {
            return null;
        }
    }

    /// <summary>The same person's picture is another one, or none.</summary>
    public bool Misses(string hash) => hash != (PictureHash ?? "") && hash != TriedHash;
}
