using MyChat.Client.Roster;

namespace MyChat.Ui.Language;

/// <summary>The verification inbox (好友验证).</summary>
public abstract class VerificationWords
{
    public abstract string Title { get; }
    public abstract string Unseen(int count);
    public abstract string Text(NoticeKind kind);
    public abstract string Agree { get; }
    public abstract string Refuse { get; }
    public abstract string Block { get; }
    public abstract string Chat { get; }
    public abstract string AddAgain { get; }
    public abstract string Dismiss { get; }
    public abstract string Note { get; }
    public abstract string EmptyTitle { get; }
    public abstract string EmptyText { get; }
    public abstract string Agreed(string name);
    public abstract string Refused(string name);
    public abstract string Blocked(string name);
}

internal sealed class EnglishVerificationWords : VerificationWords
{
    public override string Title => "Verification";
    public override string Unseen(int count) => count == 1 ? "1 new notice" : $"{count} new notices";

    public override string Text(NoticeKind kind) => kind switch
    {
        NoticeKind.Request => "wants to be your friend",
        NoticeKind.Agreed => "agreed: you are friends now",
        NoticeKind.Refused => "refused your friend request",
        _ => "has deleted you from their friends",
    };

    public override string Agree => "Agree";
    public override string Refuse => "Refuse";
    public override string Block => "Block";
    public override string Chat => "Say hello";
    public override string AddAgain => "Add again";
    public override string Dismiss => "Dismiss";
    public override string Note => "Note";
    public override string EmptyTitle => "Nothing to verify";
    public override string EmptyText => "Requests of others and answers to yours appear here.";
    public override string Agreed(string name) => $"You and {name} are friends now.";
    public override string Refused(string name) => $"You refused the request of {name}.";
    public override string Blocked(string name) => $"{name} is blocked.";
}

internal sealed class ChineseVerificationWords : VerificationWords
{
    public override string Title => "好友验证";
    public override string Unseen(int count) => $"{count} 条新通知";

    public override string Text(NoticeKind kind) => kind switch
    {
        NoticeKind.Request => "请求加你为好友",
        NoticeKind.Agreed => "同意了你的请求，你们现在是好友了",
        NoticeKind.Refused => "拒绝了你的好友请求",
        _ => "已将你从好友中删除",
    };

    public override string Agree => "同意";
    public override string Refuse => "拒绝";
    public override string Block => "屏蔽";
    public override string Chat => "打个招呼";
    public override string AddAgain => "重新添加";
    public override string Dismiss => "知道了";
    public override string Note => "附言";
    public override string EmptyTitle => "没有待验证的消息";
    public override string EmptyText => "别人的好友请求和对你请求的答复会显示在这里。";
    public override string Agreed(string name) => $"你和 {name} 现在是好友了。";
    public override string Refused(string name) => $"你拒绝了 {name} 的请求。";
    public override string Blocked(string name) => $"已屏蔽 {name}。";
}
