using MyChat.Client.Roster;

namespace MyChat.Ui.Language;

/// <summary>Words that many screens use.</summary>
public abstract class CommonWords
{
    public abstract string Ok { get; }
    public abstract string Cancel { get; }
    public abstract string Close { get; }
    public abstract string Back { get; }
    public abstract string Save { get; }
    public abstract string Saved { get; }
    public abstract string Retry { get; }
    public abstract string Delete { get; }
    public abstract string More { get; }
    public abstract string Copy { get; }
    public abstract string Copied { get; }
    public abstract string Search { get; }
    public abstract string ClearSearch { get; }
    public abstract string Loading { get; }
    public abstract string Optional { get; }
    public abstract string ShowPassword { get; }
    public abstract string HidePassword { get; }
    public abstract string Address { get; }
    public abstract string You { get; }

    /// <summary>A state in a word, as it stands beside a name.</summary>
    public abstract string Of(Availability availability);

    public abstract string Unread(int count);
}

internal sealed class EnglishCommonWords : CommonWords
{
    public override string Ok => "OK";
    public override string Cancel => "Cancel";
    public override string Close => "Close";
    public override string Back => "Back";
    public override string Save => "Save";
    public override string Saved => "Saved";
    public override string Retry => "Try again";
    public override string Delete => "Delete";
    public override string More => "More";
    public override string Copy => "Copy";
    public override string Copied => "Copied";
    public override string Search => "Search";
    public override string ClearSearch => "Clear the search";
    public override string Loading => "Loading…";
    public override string Optional => "optional";
    public override string ShowPassword => "Show password";
    public override string HidePassword => "Hide password";
    public override string Address => "Address";
    public override string You => "You";

    public override string Of(Availability availability) => availability switch
    {
        Availability.Chatty => "Free to chat",
        Availability.Online => "Online",
        Availability.Away => "Away",
        Availability.ExtendedAway => "Away for long",
        Availability.Busy => "Do not disturb",
        _ => "Offline",
    };

    public override string Unread(int count) => count == 1 ? "1 unread message" : $"{count} unread messages";
}

internal sealed class ChineseCommonWords : CommonWords
{
    public override string Ok => "确定";
    public override string Cancel => "取消";
    public override string Close => "关闭";
    public override string Back => "返回";
    public override string Save => "保存";
    public override string Saved => "已保存";
    public override string Retry => "重试";
    public override string Delete => "删除";
    public override string More => "更多";
    public override string Copy => "复制";
    public override string Copied => "已复制";
    public override string Search => "搜索";
    public override string ClearSearch => "清空搜索";
    public override string Loading => "正在加载…";
    public override string Optional => "选填";
    public override string ShowPassword => "显示密码";
    public override string HidePassword => "隐藏密码";
    public override string Address => "地址";
    public override string You => "我";

    public override string Of(Availability availability) => availability switch
    {
        Availability.Chatty => "欢迎聊天",
        Availability.Online => "在线",
        Availability.Away => "离开",
        Availability.ExtendedAway => "长时间离开",
        Availability.Busy => "请勿打扰",
        _ => "离线",
    };

    public override string Unread(int count) => $"{count} 条未读消息";
}
