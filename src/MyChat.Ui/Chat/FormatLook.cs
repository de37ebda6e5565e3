using MyChat.Client.Conversations;

namespace MyChat.Ui.Chat;

/// <summary>How a <see cref="MessageFormat"/> looks: classes of chat.css, for what comes from a fixed list. Colours are free: see <see cref="Ink"/>.</summary>
public static class FormatLook
{
    /// <summary>The classes, separated by spaces; empty for a plain message. What is in no list is ignored.</summary>
    public static string Classes(MessageFormat? format)
    {
        if (format is null || format == MessageFormat.Plain)
        {
            return "";
        }
        var classes = new List<string>(6);
        if (format.Font is { } font && MessageFormat.Fonts.Contains(font))
        {
            classes.Add($"font-{font}");
        }
        if (format.Size is { } size && MessageFormat.Sizes.Contains(size))
        {
            classes.Add($"size-{size}");
        }
        AddIf(format.Bold, "is-bold");
        AddIf(format.Italic, "is-italic");
        AddIf(format.Underline, "is-underlined");
        AddIf(Ink.ForLight(format.Color) is not null, "has-ink");
        return string.Join(' ', classes);

        void AddIf(bool condition, string name)
        {
            if (condition)
            {
                classes.Add(name);
            }
        }
    }

    /// <summary>The colour for the light and for the dark theme, as chat-timeline.js wants it; null when there is none.</summary>
    public static string? InkOf(MessageFormat? format) =>
        Ink.ForLight(format?.Color) is { } light && Ink.ForDark(format?.Color) is { } dark ? $"{light} {dark}" : null;
}
