namespace MyChat.Ui.Language;

/// <summary>Older messages, and the search in them.</summary>
public abstract class HistoryWords
{
    // In the timeline.
    public abstract string Begins(string name);
    public abstract string Gap { get; }
    public abstract string LoadingOlder { get; }
    public abstract string LoadingGap { get; }
    public abstract string OlderFailed { get; }

    // The search.
    public abstract string Messages { get; }
    public abstract string KeyFind { get; }
    public abstract string SearchIn(string name);
    public abstract string SearchHint { get; }
    public abstract string TooShort { get; }
    public abstract string Searching { get; }
    public abstract string Nothing(string text);
    public abstract string Failed { get; }
    public abstract string OnlyHere { get; }
    public abstract string More { get; }
    public abstract string BackToNewest { get; }
    public abstract string JumpFailed { get; }

    /// <summary>For a screen reader: how many there are so far.</summary>
    public abstract string Found(int count);

    /// <summary>Whose message it is: "You to Juliet".</summary>
    public abstract string Mine(string name);
}

internal sealed class EnglishHistoryWords : HistoryWords
{
    public override string Begins(string name) => $"Your conversation with {name} begins here.";
    public override string Gap => "Messages are missing here.";
    public override string LoadingOlder => "Loading older messages…";
    public override string LoadingGap => "Loading what is missing here…";
    public override string OlderFailed => "The server did not send older messages.";
    public override string Messages => "Messages";
    public override string KeyFind => "Search in the chat";
    public override string SearchIn(string name) => $"Search in the chat with {name}";
    public override string SearchHint => "Words in messages";
    public override string TooShort => "Type a word to find messages with it.";
    public override string Searching => "Searching messages…";
    public override string Nothing(string text) => $"No message has “{text}” in it.";
    public override string Failed => "The search did not work.";
    public override string OnlyHere => "Only messages on this device were searched.";
    public override string More => "Show older results";
    public override string BackToNewest => "Back to the newest";
    public override string JumpFailed => "That message cannot be shown now.";
    public override string Found(int count) => count == 1 ? "1 message found" : $"{count} messages found";
    public override string Mine(string name) => $"You to {name}";
}

internal sealed class ChineseHistoryWords : HistoryWords
{
    public override string Begins(string name) => $"你与{name}的聊天从这里开始。";
    public override string Gap => "这里缺少一些消息。";
    public override string LoadingOlder => "正在加载更早的消息…";
    public override string LoadingGap => "正在加载缺少的消息…";
    public override string OlderFailed => "无法从服务器获取更早的消息。";
    public override string Messages => "聊天记录";
    public override string KeyFind => "搜索聊天记录";
    public override string SearchIn(string name) => $"搜索与{name}的聊天记录";
    public override string SearchHint => "消息中的文字";
    public override string TooShort => "输入文字以查找消息。";
    public override string Searching => "正在搜索消息…";
    public override string Nothing(string text) => $"没有包含“{text}”的消息。";
    public override string Failed => "搜索失败。";
    public override string OnlyHere => "只搜索了此设备上的消息。";
    public override string More => "显示更早的结果";
    public override string BackToNewest => "回到最新消息";
    public override string JumpFailed => "现在无法显示这条消息。";
    public override string Found(int count) => $"找到 {count} 条消息";
    public override string Mine(string name) => $"你发给{name}";
}
