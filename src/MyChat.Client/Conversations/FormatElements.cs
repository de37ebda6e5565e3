using System.Globalization;
using System.Text.RegularExpressions;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Conversations;

/// <summary>A message's look as an element. What comes from others is taken only where it is one of the values that there are.</summary>
internal static partial class FormatElements
{
    public static Element? Make(MessageFormat? format) => format is null || format == MessageFormat.Plain ? null : new Element(
        MessageFormats.Format,
        ("font", MessageFormat.Fonts.Contains(format.Font) ? format.Font : null),
        ("size", format.Size is { } size ? Nearest(size).ToString(CultureInfo.InvariantCulture) : null),
        ("bold", format.Bold ? "true" : null),
        ("italic", format.Italic ? "true" : null),
        ("underline", format.Underline ? "true" : null),
        ("color", format.Color is { } color && Color().IsMatch(color) ? color : null));

    /// <summary>The look, or null when none is told.</summary>
    public static MessageFormat? Read(Element? element)
    {
        if (element is null)
        {
            return null;
        }
        var color = element["color"];
        var format = new MessageFormat(
            element["font"] is { } font && MessageFormat.Fonts.Contains(font) ? font : null,
            int.TryParse(element["size"], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Nearest(size) : null,
            IsTrue(element["bold"]),
            IsTrue(element["italic"]),
            IsTrue(element["underline"]),
            color is not null && Color().IsMatch(color) ? color : null);
        return format == MessageFormat.Plain ? null : format;
    }

    private static int Nearest(int size) => MessageFormat.Sizes.MinBy(known => Math.Abs((long)known - size));

    // xs:boolean
    private static bool IsTrue(string? value) => value is "true" or "1";

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z")]
    private static partial Regex Color();
}
