namespace MyChat.Ui.Language;

/// <summary>The list of chats.</summary>
public abstract class ChatListWords
{
    public abstract string Draft { get; }
    public abstract string Typing { get; }
    public abstract string Mine(string text);
    public abstract string NotSent { get; }
    public abstract string Pinned { get; }
    public abstract string Muted { get; }
    public abstract string Pin { get; }
    public abstract string Unpin { get; }
    public abstract string Mute { get; }
    public abstract string MuteHour { get; }
    public abstract string MuteDay { get; }
    public abstract string MuteForever { get; }
    public abstract string Unmute { get; }
    public abstract string Hide { get; }
    public abstract string MarkRead { get; }
    public abstract string EmptyTitle { get; }
    public abstract string EmptyText { get; }
    public abstract string EmptyButton { get; }
    public abstract string NothingFound(string search);
    public abstract string MenuOf(string name);
}

internal sealed class EnglishChatListWords : ChatListWords
{
    public override string Draft => "Draft";
    public override string Typing => "is typing…";
    public override string Mine(string text) => $"You: {text}";
    public override string NotSent => "Not sent";
    public override string Pinned => "Pinned";
    public override string Muted => "Muted";
    public override string Pin => "Pin to the top";
    public override string Unpin => "Unpin";
    public override string Mute => "Mute";
    public override string MuteHour => "Mute for an hour";
    public override string MuteDay => "Mute for a day";
    public override string MuteForever => "Mute until I unmute";
    public override string Unmute => "Unmute";
    public override string Hide => "Remove from the list";
    public override string MarkRead => "Mark as read";
    public override string EmptyTitle => "No chats yet";
    public override string EmptyText => "Choose a friend and say hello.";
    public override string EmptyButton => "Show my friends";
    public override string NothingFound(string search) => $"No chat and no friend is called “{search}”.";
    public override string MenuOf(string name) => $"Menu for {name}";
}

internal sealed class ChineseChatListWords : ChatListWords
{
    public override string Draft => "草稿";
    public override string Typing => "正在输入…";
    public override string Mine(string text) => $"我：{text}";
    public override string NotSent => "未发送";
    public override string Pinned => "已置顶";
    public override string Muted => "已静音";
    public override string Pin => "置顶";
    public override string Unpin => "取消置顶";
    public override string Mute => "静音";
    public override string MuteHour => "静音一小时";
    public override string MuteDay => "静音一天";
    public override string MuteForever => "一直静音";
    public override string Unmute => "取消静音";
    public override string Hide => "从列表中移除";
    public override string MarkRead => "标为已读";
    public override string EmptyTitle => "还没有聊天";
    public override string EmptyText => "选一位好友，打个招呼吧。";
    public override string EmptyButton => "查看我的好友";
    public override string NothingFound(string search) => $"没有叫“{search}”的聊天或好友。";
    public override string MenuOf(string name) => $"{name}的菜单";
}
