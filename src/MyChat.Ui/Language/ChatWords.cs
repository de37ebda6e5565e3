using MyChat.Client.Conversations;

namespace MyChat.Ui.Language;

/// <summary>The chat: header, timeline, composer, details, transcript, switcher.</summary>
public abstract class ChatWords
{
    // Header and banner.
    public abstract string Chat(string name);
    public abstract string Actions(string name);
    public abstract string Details { get; }
    public abstract string Clear { get; }
    public abstract string Save { get; }
    public abstract string PopOut { get; }
    public abstract string Typing { get; }
    public abstract string NotYourFriend(string name);
    public abstract string AskFriend { get; }
    public abstract string Asked(string name);
    public abstract string TakeBack { get; }
    public abstract string OnlyIFollow(string name);
    public abstract string OnlyTheyFollow(string name);
    public abstract string Complete { get; }
    public abstract string IsBlocked(string name);
    public abstract string Unblock { get; }

    // Timeline.
    public abstract string Messages(string name);
    public abstract string NewLine { get; }
    public abstract string SentOffline { get; }
    public abstract string Cleared { get; }
    public abstract string ShowAgain { get; }
    public abstract string ToNew(int count);
    public abstract string ToEnd { get; }
    public abstract string EmptyTitle(string name);
    public abstract string EmptyText { get; }
    public abstract string EmptyButton { get; }
    public abstract string LoadFailed { get; }
    public abstract string ShowMore { get; }
    public abstract string ShowLess { get; }
    public abstract string WasDelayed { get; }
    public abstract string Of(MessageState state);
    public abstract string Failed(string reason);
    public abstract string SendAgain { get; }
    public abstract string DeleteHere { get; }
    public abstract string MessageMenu { get; }

    /// <summary>How a message is called: "Juliet, 14:05".</summary>
    public abstract string Article(string sender, string time);
    public abstract string Announce(string sender, string text);

    // Composer.
    public abstract string Write(string name);
    public abstract string Send { get; }
    public abstract string TooLong(int bytesOver);
    public abstract string NotKept(string reason);
    public abstract string NothingToSend { get; }
    public abstract string Format { get; }
    public abstract string Font { get; }
    public abstract string OfFont(string? font);
    public abstract string Size { get; }
    public abstract string OfSize(int? size);
    public abstract string Bold { get; }
    public abstract string Italic { get; }
    public abstract string Underline { get; }
    public abstract string Color { get; }
    public abstract string DefaultColor { get; }

    /// <summary>The names of <see cref="MyChat.Ui.Chat.Ink.Palette"/>, in its order.</summary>
    public abstract IReadOnlyList<string> Colors { get; }
    public abstract string Emoji { get; }
    public abstract string EmojiSearch { get; }
    public abstract string EmojiNothing { get; }
    public abstract string EmojiRecent { get; }

    /// <summary>The groups of chat-emoji-data.js by their id.</summary>
    public abstract IReadOnlyDictionary<string, string> EmojiGroups { get; }

    // Clearing, saving, windows.
    public abstract string ClearTitle { get; }
    public abstract string ClearText { get; }
    public abstract string ClearButton { get; }
    public abstract string SaveTitle { get; }
    public abstract string SaveText { get; }
    public abstract string AsText { get; }
    public abstract string AsPage { get; }
    public abstract string Saving { get; }
    public abstract string SaveFailed { get; }
    public abstract string InWindowTitle { get; }
    public abstract string InWindowText(string name);
    public abstract string ShowWindow { get; }
    public abstract string BringBack { get; }
    public abstract string WindowRefused { get; }

    // Transcript.
    public abstract string TranscriptTitle(string me, string other);
    public abstract string TranscriptSaved(string at);
    public abstract string TranscriptFile(string name);
    public abstract string TranscriptEmpty { get; }

    // Details.
    public abstract string DetailsOf(string name);
    public abstract string Alias { get; }
    public abstract string AliasHint { get; }
    public abstract string NoSignature { get; }
    public abstract string Muting { get; }
    public abstract string NotMuted { get; }
    public abstract string MutedUntil(string time);
    public abstract string MutedForever { get; }
    public abstract string MuteHour { get; }
    public abstract string MuteEightHours { get; }
    public abstract string MuteForever { get; }
    public abstract string Unmute { get; }
    public abstract string Pin { get; }
    public abstract string DeleteFriend { get; }
    public abstract string DeleteTitle(string name);
    public abstract string DeleteText { get; }
    public abstract string Block { get; }
    public abstract string BlockTitle(string name);
    public abstract string BlockText { get; }

    // Switcher.
    public abstract string Switcher { get; }
    public abstract string SwitcherHint { get; }
    public abstract string SwitcherNothing { get; }
    public abstract string SwitcherFound(int count);
    public abstract string Draft { get; }
}

internal sealed class EnglishChatWords : ChatWords
{
    public override string Chat(string name) => $"Chat with {name}";
    public override string Actions(string name) => $"Actions for the chat with {name}";
    public override string Details => "Details";
    public override string Clear => "Clear the window";
    public override string Save => "Save the transcript";
    public override string PopOut => "Open in its own window";
    public override string Typing => "is typing…";
    public override string NotYourFriend(string name) => $"{name} is not your friend.";
    public override string AskFriend => "Add as a friend";
    public override string Asked(string name) => $"You asked {name} to be your friend. No answer yet.";
    public override string TakeBack => "Take it back";
    public override string OnlyIFollow(string name) => $"You see when {name} is online, but not the other way round.";
    public override string OnlyTheyFollow(string name) => $"{name} sees when you are online, but not the other way round.";
    public override string Complete => "Become friends";
    public override string IsBlocked(string name) => $"You blocked {name}. Nothing from there reaches you.";
    public override string Unblock => "Unblock";

    public override string Messages(string name) => $"Messages with {name}";
    public override string NewLine => "New";
    public override string SentOffline => "Your message was sent offline. It arrives when they are back.";
    public override string Cleared => "You cleared this window. Nothing was deleted.";
    public override string ShowAgain => "Show again";
    public override string ToNew(int count) => $"{count} new";
    public override string ToEnd => "To the newest message";
    public override string EmptyTitle(string name) => $"This is the beginning of your chat with {name}.";
    public override string EmptyText => "Nothing has been written yet.";
    public override string EmptyButton => "Say hello";
    public override string LoadFailed => "The messages could not be loaded.";
    public override string ShowMore => "Show all of it";
    public override string ShowLess => "Show less";
    public override string WasDelayed => "Sent while you were offline";

    public override string Of(MessageState state) => state switch
    {
        MessageState.Queued => "waits to be sent",
        MessageState.Sent => "sent",
        MessageState.Delivered => "delivered",
        MessageState.Read => "read",
        MessageState.Failed => "not sent",
        _ => "",
    };

    public override string Failed(string reason) => $"Not sent. {reason}";
    public override string SendAgain => "Send again";
    public override string DeleteHere => "Delete on this device";
    public override string MessageMenu => "Message menu";
    public override string Article(string sender, string time) => $"{sender}, {time}";
    public override string Announce(string sender, string text) => $"{sender}: {text}";

    public override string Write(string name) => $"Write to {name}";
    public override string Send => "Send";
    public override string TooLong(int bytesOver) => $"Too long by {bytesOver:#,0} bytes. Send it in parts.";
    public override string NotKept(string reason) => $"Your message was not sent; it is still here. {reason}";
    public override string NothingToSend => "It holds nothing that can be sent, or too much.";
    public override string Format => "Formatting";
    public override string Font => "Font";

    public override string OfFont(string? font) => font switch
    {
        "sans" => "Sans",
        "serif" => "Serif",
        "mono" => "Mono",
        "kai" => "Kai",
        "hand" => "Handwriting",
        _ => "Default font",
    };

    public override string Size => "Size";
    public override string OfSize(int? size) => size is { } points ? $"{points} pt" : "Default size";
    public override string Bold => "Bold";
    public override string Italic => "Italic";
    public override string Underline => "Underline";
    public override string Color => "Colour";
    public override string DefaultColor => "Default colour";
    public override IReadOnlyList<string> Colors { get; } = ["Red", "Orange", "Ochre", "Green", "Teal", "Blue", "Indigo", "Purple", "Pink", "Grey"];
    public override string Emoji => "Emoji";
    public override string EmojiSearch => "Search emoji";
    public override string EmojiNothing => "No emoji found.";
    public override string EmojiRecent => "Used last";

    public override IReadOnlyDictionary<string, string> EmojiGroups { get; } = new Dictionary<string, string>
    {
        ["smileys"] = "Faces",
        ["people"] = "People and hands",
        ["nature"] = "Animals and plants",
        ["food"] = "Food and drink",
        ["travel"] = "Travel and weather",
        ["activities"] = "Play and feasts",
        ["objects"] = "Things",
        ["symbols"] = "Signs",
    };

    public override string ClearTitle => "Clear this window?";
    public override string ClearText => "The messages disappear from this window. Nothing is deleted, and you can show them again.";
    public override string ClearButton => "Clear";
    public override string SaveTitle => "Save the transcript";
    public override string SaveText => "All messages that this device keeps of the chat, with names and times.";
    public override string AsText => "As text (.txt)";
    public override string AsPage => "As a web page (.html)";
    public override string Saving => "Writing the file…";
    public override string SaveFailed => "The transcript could not be written. Try again.";
    public override string InWindowTitle => "In a window of its own";
    public override string InWindowText(string name) => $"The chat with {name} is open in another window.";
    public override string ShowWindow => "Show that window";
    public override string BringBack => "Bring it back here";
    public override string WindowRefused => "The browser did not let MyChat open a window. Allow pop-ups for this page and try again.";

    public override string TranscriptTitle(string me, string other) => $"Chat of {me} with {other}";
    public override string TranscriptSaved(string at) => $"Saved on {at}";
    public override string TranscriptFile(string name) => $"Chat with {name}";
    public override string TranscriptEmpty => "No messages.";

    public override string DetailsOf(string name) => $"Details of {name}";
    public override string Alias => "Name of your own for this friend";
    public override string AliasHint => "Only you see it. Leave it empty for their own name.";
    public override string NoSignature => "No personal signature";
    public override string Muting => "Notifications";
    public override string NotMuted => "On";
    public override string MutedUntil(string time) => $"Muted until {time}";
    public override string MutedForever => "Muted";
    public override string MuteHour => "1 hour";
    public override string MuteEightHours => "8 hours";
    public override string MuteForever => "Until I unmute";
    public override string Unmute => "Unmute";
    public override string Pin => "Keep at the top of the chats";
    public override string DeleteFriend => "Delete friend";
    public override string DeleteTitle(string name) => $"Delete {name}?";
    public override string DeleteText => "You will no longer be friends, on both sides. Your messages stay on this device.";
    public override string Block => "Block";
    public override string BlockTitle(string name) => $"Block {name}?";
    public override string BlockText => "Nothing from there will reach you any more: no messages, no requests. You can unblock at any time.";

    public override string Switcher => "Go to a chat";
    public override string SwitcherHint => "Name or address";
    public override string SwitcherNothing => "Nobody found.";
    public override string SwitcherFound(int count) => count == 1 ? "1 found" : $"{count} found";
    public override string Draft => "Draft";
}

internal sealed class ChineseChatWords : ChatWords
{
    public override string Chat(string name) => $"与 {name} 的聊天";
    public override string Actions(string name) => $"与 {name} 的聊天操作";
    public override string Details => "详细资料";
    public override string Clear => "清除";
    public override string Save => "保存聊天记录";
    public override string PopOut => "在独立窗口中打开";
    public override string Typing => "正在输入…";
    public override string NotYourFriend(string name) => $"{name} 还不是你的好友。";
    public override string AskFriend => "加为好友";
    public override string Asked(string name) => $"你已向 {name} 发送好友请求，对方尚未答复。";
    public override string TakeBack => "撤回请求";
    public override string OnlyIFollow(string name) => $"你能看到 {name} 是否在线，但对方看不到你。";
    public override string OnlyTheyFollow(string name) => $"{name} 能看到你是否在线，但你看不到对方。";
    public override string Complete => "互加好友";
    public override string IsBlocked(string name) => $"你已屏蔽 {name}，不会收到来自对方的任何消息。";
    public override string Unblock => "取消屏蔽";

    public override string Messages(string name) => $"与 {name} 的消息";
    public override string NewLine => "新消息";
    public override string SentOffline => "对方不在线，您发送的是离线消息";
    public override string Cleared => "你已清除此窗口的消息，消息并未删除。";
    public override string ShowAgain => "重新显示";
    public override string ToNew(int count) => $"{count} 条新消息";
    public override string ToEnd => "回到最新消息";
    public override string EmptyTitle(string name) => $"这是你与 {name} 聊天的开始。";
    public override string EmptyText => "还没有任何消息。";
    public override string EmptyButton => "打个招呼";
    public override string LoadFailed => "无法加载消息。";
    public override string ShowMore => "展开全文";
    public override string ShowLess => "收起";
    public override string WasDelayed => "你离线时发来的消息";

    public override string Of(MessageState state) => state switch
    {
        MessageState.Queued => "等待发送",
        MessageState.Sent => "已发送",
        MessageState.Delivered => "已送达",
        MessageState.Read => "已读",
        MessageState.Failed => "发送失败",
        _ => "",
    };

    public override string Failed(string reason) => $"发送失败。{reason}";
    public override string SendAgain => "重新发送";
    public override string DeleteHere => "在本设备上删除";
    public override string MessageMenu => "消息菜单";
    public override string Article(string sender, string time) => $"{sender}，{time}";
    public override string Announce(string sender, string text) => $"{sender}：{text}";

    public override string Write(string name) => $"发消息给 {name}";
    public override string Send => "发送";
    public override string TooLong(int bytesOver) => $"消息过长，超出 {bytesOver:#,0} 字节，请分段发送。";
    public override string NotKept(string reason) => $"消息没有发出，内容仍在这里。{reason}";
    public override string NothingToSend => "其中没有可以发送的内容，或者内容过长。";
    public override string Format => "文字格式";
    public override string Font => "字体";

    public override string OfFont(string? font) => font switch
    {
        "sans" => "黑体",
        "serif" => "宋体",
        "mono" => "等宽",
        "kai" => "楷体",
        "hand" => "手写体",
        _ => "默认字体",
    };

    public override string Size => "字号";
    public override string OfSize(int? size) => size is { } points ? $"{points} 磅" : "默认字号";
    public override string Bold => "加粗";
    public override string Italic => "倾斜";
    public override string Underline => "下划线";
    public override string Color => "颜色";
    public override string DefaultColor => "默认颜色";
    public override IReadOnlyList<string> Colors { get; } = ["红色", "橙色", "赭色", "绿色", "青色", "蓝色", "靛色", "紫色", "粉色", "灰色"];
    public override string Emoji => "表情";
    public override string EmojiSearch => "搜索表情";
    public override string EmojiNothing => "没有找到表情。";
    public override string EmojiRecent => "最近使用";

    public override IReadOnlyDictionary<string, string> EmojiGroups { get; } = new Dictionary<string, string>
    {
        ["smileys"] = "笑脸",
        ["people"] = "人物与手势",
        ["nature"] = "动物与植物",
        ["food"] = "食物与饮料",
        ["travel"] = "出行与天气",
        ["activities"] = "娱乐与节日",
        ["objects"] = "物品",
        ["symbols"] = "符号",
    };

    public override string ClearTitle => "清除此窗口的消息？";
    public override string ClearText => "消息会从此窗口消失，但不会被删除，你可以随时重新显示。";
    public override string ClearButton => "清除";
    public override string SaveTitle => "保存聊天记录";
    public override string SaveText => "保存本设备上此聊天的全部消息，包括姓名和时间。";
    public override string AsText => "文本文件（.txt）";
    public override string AsPage => "网页文件（.html）";
    public override string Saving => "正在写入文件…";
    public override string SaveFailed => "聊天记录保存失败，请重试。";
    public override string InWindowTitle => "已在独立窗口中打开";
    public override string InWindowText(string name) => $"与 {name} 的聊天已在另一个窗口中打开。";
    public override string ShowWindow => "显示该窗口";
    public override string BringBack => "移回这里";
    public override string WindowRefused => "浏览器阻止了弹出窗口。请允许此页面弹出窗口后重试。";

    public override string TranscriptTitle(string me, string other) => $"{me} 与 {other} 的聊天记录";
    public override string TranscriptSaved(string at) => $"保存时间：{at}";
    public override string TranscriptFile(string name) => $"与 {name} 的聊天记录";
    public override string TranscriptEmpty => "没有消息。";

    public override string DetailsOf(string name) => $"{name} 的详细资料";
    public override string Alias => "备注名";
    public override string AliasHint => "仅自己可见。留空则显示对方自己的名字。";
    public override string NoSignature => "没有个性签名";
    public override string Muting => "消息通知";
    public override string NotMuted => "已开启";
    public override string MutedUntil(string time) => $"免打扰至 {time}";
    public override string MutedForever => "免打扰";
    public override string MuteHour => "1 小时";
    public override string MuteEightHours => "8 小时";
    public override string MuteForever => "直到我取消";
    public override string Unmute => "取消免打扰";
    public override string Pin => "置顶聊天";
    public override string DeleteFriend => "删除好友";
    public override string DeleteTitle(string name) => $"删除好友 {name}？";
    public override string DeleteText => "双方将不再是好友。消息仍保留在本设备上。";
    public override string Block => "屏蔽";
    public override string BlockTitle(string name) => $"屏蔽 {name}？";
    public override string BlockText => "你将不再收到对方的任何消息和请求。你可以随时取消屏蔽。";

    public override string Switcher => "跳转到聊天";
    public override string SwitcherHint => "姓名或地址";
    public override string SwitcherNothing => "没有找到联系人。";
    public override string SwitcherFound(int count) => $"找到 {count} 个";
    public override string Draft => "草稿";
}
