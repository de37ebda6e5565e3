using MyChat.Client.Sessions;

namespace MyChat.Ui.Language;

/// <summary>The frame around everything: panes, tabs, connection, keys.</summary>
public abstract class ShellWords
{
    public abstract string Chats { get; }
    public abstract string Friends { get; }
    public abstract string Groups { get; }
    public abstract string Lists { get; }
    public abstract string MainArea { get; }
    public abstract string Settings { get; }
    public abstract string MyProfile { get; }
    public abstract string Menu { get; }
    public abstract string ChangePresence(string current);
    public abstract string Signature { get; }
    public abstract string SignatureEmpty { get; }
    public abstract string EditSignature { get; }
    public abstract string SearchHint { get; }
    public abstract string People { get; }
    public abstract string SkipToMain { get; }
    public abstract string NothingOpen { get; }
    public abstract string NothingOpenHint { get; }

    public abstract string Of(ConnectionPhase phase);
    public abstract string RetryIn(string countdown);
    public abstract string RetryNow { get; }
    public abstract string WillSendWhenBack { get; }
    public abstract string Offline { get; }

    public abstract string WrongPasswordTitle { get; }
    public abstract string WrongPasswordText(string account);
    public abstract string LogInAgain { get; }
    public abstract string ReplacedTitle { get; }
    public abstract string ReplacedText { get; }
    public abstract string ConnectHere { get; }
    public abstract string NotSecureTitle { get; }
    public abstract string SignOut { get; }
    public abstract string Quit { get; }

    /// <summary>Desktop: the window is there, and the program behind it does not answer.</summary>
    public abstract string ProgramLost { get; }

    public abstract string GroupsTitle { get; }
    public abstract string GroupsText { get; }

    public abstract string Keys { get; }
    public abstract string KeySwitcher { get; }
    public abstract string KeyPanes { get; }
    public abstract string KeyTabs { get; }
    public abstract string KeyNextUnread { get; }
    public abstract string KeyAddFriend { get; }
    public abstract string KeySearch { get; }
    public abstract string KeyEscape { get; }
    public abstract string KeyMenu { get; }
    public abstract string KeyLists { get; }
    public abstract string KeySend { get; }
    public abstract string KeyLine { get; }
    public abstract string KeyFormat { get; }
    public abstract string KeyHelp { get; }
    public abstract string KeySettings { get; }
}

internal sealed class EnglishShellWords : ShellWords
{
    public override string Chats => "Chats";
    public override string Friends => "Friends";
    public override string Groups => "Groups";
    public override string Lists => "Chats and friends";
    public override string MainArea => "Main area";
    public override string Settings => "Settings";
    public override string MyProfile => "My profile";
    public override string Menu => "Menu";
    public override string ChangePresence(string current) => $"You are shown as: {current}. Change";
    public override string Signature => "Personal signature";
    public override string SignatureEmpty => "Write a personal signature";
    public override string EditSignature => "Edit your personal signature";
    public override string SearchHint => "Search chats, friends and messages";
    public override string People => "Chats and friends";
    public override string SkipToMain => "Skip to the chat";
    public override string NothingOpen => "Choose a chat";
    public override string NothingOpenHint => "or press Ctrl+K and type a name.";

    public override string Of(ConnectionPhase phase) => phase switch
    {
        ConnectionPhase.Connecting => "Connecting…",
        ConnectionPhase.CatchingUp => "Fetching what you missed…",
        ConnectionPhase.Online => "Connected",
        ConnectionPhase.Stopped => "Not connected.",
        _ => "You are offline.",
    };

    public override string RetryIn(string countdown) => $"Next attempt in {countdown}.";
    public override string RetryNow => "Connect now";
    public override string WillSendWhenBack => "What you write will be sent when you are back.";
    public override string Offline => "You are offline.";

    public override string WrongPasswordTitle => "Your password is not accepted any more";
    public override string WrongPasswordText(string account) => $"The password of {account} may have been changed on another device. Enter the new one to go on.";
    public override string LogInAgain => "Log in again";
    public override string ReplacedTitle => "Connected somewhere else";
    public override string ReplacedText => "Another window or device took over this connection. You can take it back.";
    public override string ConnectHere => "Connect here";
    public override string NotSecureTitle => "No secure connection";
    public override string SignOut => "Log out";
    public override string Quit => "Quit MyChat";
    public override string ProgramLost => "MyChat does not answer. If it has ended, close this window and start MyChat again; your messages are kept.";

    public override string GroupsTitle => "Groups come next";
    public override string GroupsText => "Chats with many friends at once are the next thing to be built. For now, talk one to one.";

    public override string Keys => "Keyboard";
    public override string KeySwitcher => "Go to a chat or friend";
    public override string KeyPanes => "Next pane, previous pane";
    public override string KeyTabs => "Chats, Friends, Groups";
    public override string KeyNextUnread => "Next, previous chat";
    public override string KeyAddFriend => "Add a friend";
    public override string KeySearch => "Search in the list";
    public override string KeyEscape => "Close, or go back";
    public override string KeyMenu => "Menu of the row";
    public override string KeyLists => "Move in a list";
    public override string KeySend => "Send";
    public override string KeyLine => "New line";
    public override string KeyFormat => "Bold, italic, underline";
    public override string KeyHelp => "This list";
    public override string KeySettings => "Settings";
}

internal sealed class ChineseShellWords : ShellWords
{
    public override string Chats => "聊天";
    public override string Friends => "好友";
    public override string Groups => "群组";
    public override string Lists => "聊天与好友";
    public override string MainArea => "主区域";
    public override string Settings => "设置";
    public override string MyProfile => "我的资料";
    public override string Menu => "菜单";
    public override string ChangePresence(string current) => $"当前状态：{current}，点击更改";
    public override string Signature => "个性签名";
    public override string SignatureEmpty => "编写个性签名";
    public override string EditSignature => "编辑个性签名";
    public override string SearchHint => "搜索聊天、好友和消息";
    public override string People => "聊天和好友";
    public override string SkipToMain => "跳到聊天";
    public override string NothingOpen => "选择一个聊天";
    public override string NothingOpenHint => "或按 Ctrl+K 输入名字。";

    public override string Of(ConnectionPhase phase) => phase switch
    {
        ConnectionPhase.Connecting => "正在连接…",
        ConnectionPhase.CatchingUp => "正在接收错过的消息…",
        ConnectionPhase.Online => "已连接",
        ConnectionPhase.Stopped => "未连接。",
        _ => "你已离线。",
    };

    public override string RetryIn(string countdown) => $"{countdown}后重新连接。";
    public override string RetryNow => "立即连接";
    public override string WillSendWhenBack => "你写的消息会在恢复连接后发送。";
    public override string Offline => "你已离线。";

    public override string WrongPasswordTitle => "密码已失效";
    public override string WrongPasswordText(string account) => $"{account} 的密码可能已在其他设备上更改，请输入新密码以继续。";
    public override string LogInAgain => "重新登录";
    public override string ReplacedTitle => "已在别处连接";
    public override string ReplacedText => "另一个窗口或设备接管了这里的连接，你可以重新接管。";
    public override string ConnectHere => "在这里连接";
    public override string NotSecureTitle => "没有安全连接";
    public override string SignOut => "退出登录";
    public override string Quit => "退出 MyChat";
    public override string ProgramLost => "MyChat 没有响应。如果程序已经结束，请关闭此窗口并重新启动 MyChat；你的消息已经保存。";

    public override string GroupsTitle => "群组即将推出";
    public override string GroupsText => "多人聊天是下一步要做的功能，现在请先一对一聊天。";

    public override string Keys => "键盘快捷键";
    public override string KeySwitcher => "跳到聊天或好友";
    public override string KeyPanes => "下一个、上一个区域";
    public override string KeyTabs => "聊天、好友、群组";
    public override string KeyNextUnread => "下一个、上一个聊天";
    public override string KeyAddFriend => "添加好友";
    public override string KeySearch => "在列表中搜索";
    public override string KeyEscape => "关闭或返回";
    public override string KeyMenu => "当前行的菜单";
    public override string KeyLists => "在列表中移动";
    public override string KeySend => "发送";
    public override string KeyLine => "换行";
    public override string KeyFormat => "粗体、斜体、下划线";
    public override string KeyHelp => "显示此列表";
    public override string KeySettings => "设置";
}
