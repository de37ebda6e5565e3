using MyChat.Client.Roster;

namespace MyChat.Ui.Language;

/// <summary>What is told outside of the window.</summary>
public abstract class NotificationWords
{
    public abstract string NewMessages(int count);
    public abstract string Notice(NoticeKind kind, string name);
}

internal sealed class EnglishNotificationWords : NotificationWords
{
    public override string NewMessages(int count) => count == 1 ? "New message" : $"{count} new messages";

    public override string Notice(NoticeKind kind, string name) => kind switch
    {
        NoticeKind.Request => $"{name} wants to be your friend",
        NoticeKind.Agreed => $"{name} agreed to be your friend",
        NoticeKind.Refused => $"{name} refused your friend request",
        _ => $"{name} has deleted you from their friends",
    };
}

internal sealed class ChineseNotificationWords : NotificationWords
{
    public override string NewMessages(int count) => count == 1 ? "新消息" : $"{count} 条新消息";

    public override string Notice(NoticeKind kind, string name) => kind switch
    {
        NoticeKind.Request => $"{name} 请求加你为好友",
        NoticeKind.Agreed => $"{name} 同意了你的好友请求",
        NoticeKind.Refused => $"{name} 拒绝了你的好友请求",
        _ => $"{name} 已将你从好友中删除",
    };
}
