using System.Globalization;

namespace MyChat.Ui.Chat;

/// <summary>A colour that a writer chose, brought to where it can be read: at least 4.5:1 (WCAG 2.2 §1.4.3) against the bubbles of a theme.</summary>
public static class Ink
{
    public const double Contrast = 4.5;

    /// <summary>The backgrounds of messages in the light theme, in tokens.css: theirs, one's own.</summary>
    public static IReadOnlyList<string> LightBubbles { get; } = ["#ffffff", "#dbe7fd"];

    /// <summary>The backgrounds of messages in the dark theme, in tokens.css: theirs, one's own.</summary>
    public static IReadOnlyList<string> DarkBubbles { get; } = ["#242c39", "#25406f"];

    /// <summary>What the palette offers: readable as they are in the light theme, and lightened in the dark one.</summary>
    public static IReadOnlyList<string> Palette { get; } =
        ["#b42318", "#ad4307", "#7a5c00", "#2f6b1f", "#0b6b60", "#175cd3", "#4338ca", "#7a2fb8", "#b0256f", "#57534e"];

    /// <summary>The colour for the light theme; null when it is no <c>#rrggbb</c>.</summary>
    public static string? ForLight(string? color) => Adjust(color, LightBubbles, darken: true);

    /// <summary>The colour for the dark theme; null when it is no <c>#rrggbb</c>.</summary>
    public static string? ForDark(string? color) => Adjust(color, DarkBubbles, darken: false);

    /// <summary>The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").</summary>
    public static double Ratio(string first, string second)
    {
        var (a, b) = (Luminance(Parse(first)!.Value), Luminance(Parse(second)!.Value));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static string? Adjust(string? color, IReadOnlyList<string> backgrounds, bool darken)
    {
        if (Parse(color) is not { } rgb)
        {
            return null;
        }
        var target = darken ? 0.0 : 255.0;
        // Towards black or white in small steps: the hue stays as long as it can.
        for (var step = 0; step <= 50; step++)
        {
            var share = step / 50.0;
            var mixed = Write(Mix(rgb.R, target, share), Mix(rgb.G, target, share), Mix(rgb.B, target, share));
            if (backgrounds.All(background => Ratio(mixed, background) >= Contrast))
            {
                return mixed;
            }
        }
        return null;
    }

    private static byte Mix(byte from, double to, double share) => (byte)Math.Round(from + (to - from) * share);

    private static string Write(byte r, byte g, byte b) => string.Create(CultureInfo.InvariantCulture, $"#{r:x2}{g:x2}{b:x2}");

    private static (byte R, byte G, byte B)? Parse(string? color) =>
        color is ['#', _, _, _, _, _, _]
        && int.TryParse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? ((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : null;

    private static double Luminance((byte R, byte G, byte B) color) =>
        0.2126 * Linear(color.R) + 0.7152 * Linear(color.G) + 0.0722 * Linear(color.B);

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
