using System.Globalization;
using MyChat.Client.Conversations;
using MyChat.Client.Roster;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Sessions;

/// <summary>What the user decides for itself, as it is kept in the store.</summary>
internal static class PreferencesDocument
{
    public const string Key = "self";
    private static readonly XName Root = new("", "self");
    private static readonly XName SignatureName = new("", "signature");
    private static readonly XName FormatName = new("", "format");

    public static string Write(Preferences preferences, Availability availability, string? signature) => new Element(
        Root,
        ("availability", availability.ToString()),
        ("markers", Text(preferences.SendReadMarkers)),
        ("typing", Text(preferences.SendTyping)),
        ("receipts", Text(preferences.SendReceipts)),
        ("findable", Text(preferences.CanBeFound)),
        ("formats", Text(preferences.ShowFormats)),
        signature is null ? null : new Element(SignatureName, signature),
        Write(preferences.Format)).ToString();

    /// <summary>What cannot be read is as in the beginning.</summary>
    public static (Preferences Preferences, Availability Availability, string? Signature) Read(string document)
    {
        Element root;
        try
        {
            root = Element.Parse(document, defaultNs: "");
        }
        catch (XmlStreamException)
        {
            return (new Preferences(), Availability.Online, null);
        }
        var preferences = new Preferences
        {
            SendReadMarkers = root["markers"] != "no",
            SendTyping = root["typing"] != "no",
            SendReceipts = root["receipts"] != "no",
            CanBeFound = root["findable"] != "no",
            ShowFormats = root["formats"] != "no",
            Format = root.Child(FormatName) is { } format ? Read(format) : MessageFormat.Plain,
        };
        var known = Enum.TryParse(root["availability"], out Availability availability) && availability != Availability.Offline;
        return (preferences, known ? availability : Availability.Online, root.Child(SignatureName)?.Text);
    }

    private static Element Write(MessageFormat format) => new(
        FormatName,
        ("font", format.Font),
        ("size", format.Size?.ToString(CultureInfo.InvariantCulture)),
        ("bold", Text(format.Bold)),
        ("italic", Text(format.Italic)),
        ("underline", Text(format.Underline)),
        ("color", format.Color));

    private static MessageFormat Read(Element format) => new(
        MessageFormat.Fonts.Contains(format["font"]) ? format["font"] : null,
        int.TryParse(format["size"], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && MessageFormat.Sizes.Contains(size) ? size : null,
        format["bold"] == "yes",
        format["italic"] == "yes",
        format["underline"] == "yes",
        format["color"]);

    private static string Text(bool value) => value ? "yes" : "no";
}
