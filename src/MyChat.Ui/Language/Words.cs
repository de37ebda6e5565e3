namespace MyChat.Ui.Language;

/// <summary>
/// All texts of the screens in one language, by area. A text that a language lacks does not compile. Texts with variable parts are methods, as
/// each language has its own order and plurals.
/// </summary>
public abstract class Words
{
    public static Words English { get; } = new EnglishWords();
    public static Words Chinese { get; } = new ChineseWords();

    /// <summary>Every language there is.</summary>
    public static IReadOnlyList<Words> All { get; } = [English, Chinese];

    /// <summary>BCP 47.</summary>
    public abstract string Tag { get; }

    /// <summary>The language's own name.</summary>
    public abstract string OwnName { get; }
    public abstract CommonWords Common { get; }
    public abstract DateWords Dates { get; }
    public abstract ErrorWords Errors { get; }
    public abstract WelcomeWords Welcome { get; }
    public abstract ShellWords Shell { get; }
    public abstract ChatListWords ChatList { get; }
    public abstract ChatWords Chat { get; }
    public abstract HistoryWords History { get; }
    public abstract FriendWords Friends { get; }
    public abstract VerificationWords Verification { get; }
    public abstract ProfileWords Profile { get; }
    public abstract SettingsWords Settings { get; }
    public abstract NotificationWords Notifications { get; }

    /// <summary>The language that was chosen, else the first of the system's that there is, else English.</summary>
    public static Words For(string? chosen, IReadOnlyList<string> systemLanguages) =>
        systemLanguages.Prepend(chosen).Select(Find).FirstOrDefault(words => words is not null) ?? English;

    private static Words? Find(string? tag) => tag switch
    {
        null => null,
        // Every kind of Chinese is better served by simplified Chinese than by English.
        _ when Is(tag, "zh") => Chinese,
        _ when Is(tag, "en") => English,
        _ => null,
    };

    private static bool Is(string tag, string language) =>
        tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == language.Length || tag[language.Length] is '-' or '_');
}

internal sealed class EnglishWords : Words
{
    public override string Tag => "en";
    public override string OwnName => "English";
    public override CommonWords Common { get; } = new EnglishCommonWords();
    public override DateWords Dates { get; } = new EnglishDateWords();
    public override ErrorWords Errors { get; } = new EnglishErrorWords();
    public override WelcomeWords Welcome { get; } = new EnglishWelcomeWords();
    public override ShellWords Shell { get; } = new EnglishShellWords();
    public override ChatListWords ChatList { get; } = new EnglishChatListWords();
    public override ChatWords Chat { get; } = new EnglishChatWords();
    public override HistoryWords History { get; } = new EnglishHistoryWords();
    public override FriendWords Friends { get; } = new EnglishFriendWords();
    public override VerificationWords Verification { get; } = new EnglishVerificationWords();
    public override ProfileWords Profile { get; } = new EnglishProfileWords();
    public override SettingsWords Settings { get; } = new EnglishSettingsWords();
    public override NotificationWords Notifications { get; } = new EnglishNotificationWords();
}

internal sealed class ChineseWords : Words
{
    public override string Tag => "zh-Hans";
    public override string OwnName => "简体中文";
    public override CommonWords Common { get; } = new ChineseCommonWords();
    public override DateWords Dates { get; } = new ChineseDateWords();
    public override ErrorWords Errors { get; } = new ChineseErrorWords();
    public override WelcomeWords Welcome { get; } = new ChineseWelcomeWords();
    public override ShellWords Shell { get; } = new ChineseShellWords();
    public override ChatListWords ChatList { get; } = new ChineseChatListWords();
    public override ChatWords Chat { get; } = new ChineseChatWords();
    public override HistoryWords History { get; } = new ChineseHistoryWords();
    public override FriendWords Friends { get; } = new ChineseFriendWords();
    public override VerificationWords Verification { get; } = new ChineseVerificationWords();
    public override ProfileWords Profile { get; } = new ChineseProfileWords();
    public override SettingsWords Settings { get; } = new ChineseSettingsWords();
    public override NotificationWords Notifications { get; } = new ChineseNotificationWords();
}
