using MyChat.Ui.App;

namespace MyChat.Ui.Language;

/// <summary>The settings.</summary>
public abstract class SettingsWords
{
    public abstract string Title { get; }

    public abstract string Account { get; }
    public abstract string SignedInAs { get; }
    public abstract string Password { get; }
    public abstract string NewPassword { get; }
    public abstract string RepeatPassword { get; }
    public abstract string ChangePassword { get; }
    public abstract string PasswordChanged { get; }
    public abstract string PasswordHint { get; }
    public abstract string SignOut { get; }
    public abstract string SignOutTitle { get; }
    public abstract string SignOutText { get; }
    public abstract string SignOutForget { get; }

    public abstract string Devices { get; }
    public abstract string ThisDevice { get; }
    public abstract string UnknownSoftware { get; }
    public abstract string SignOutOthers { get; }
    public abstract string SignOutOthersText { get; }
    public abstract string OnlyThisDevice { get; }

    public abstract string Notifications { get; }
    public abstract string NotificationsOn { get; }
    public abstract string NotificationText { get; }
    public abstract string NotificationTextHint { get; }
    public abstract string Sound { get; }
    public abstract string PermissionAsk { get; }
    public abstract string PermissionButton { get; }
    public abstract string PermissionDenied { get; }
    public abstract string PermissionUnsupported { get; }

    public abstract string Appearance { get; }
    public abstract string Theme { get; }
    public abstract string Of(Theme theme);
    public abstract string TextSize { get; }
    public abstract string Percent(int value);
    public abstract string Language { get; }
    public abstract string SystemLanguage { get; }

    public abstract string Writing { get; }
    public abstract string SendKey { get; }
    public abstract string EnterSends { get; }
    public abstract string CtrlEnterSends { get; }
    public abstract string ShowFormats { get; }
    public abstract string ShowFormatsHint { get; }

    public abstract string Privacy { get; }
    public abstract string ReadMarkers { get; }
    public abstract string ReadMarkersHint { get; }
    public abstract string Typing { get; }
    public abstract string Receipts { get; }
    public abstract string CanBeFound { get; }
    public abstract string CanBeFoundHint { get; }
    public abstract string Blocked { get; }
    public abstract string NobodyBlocked { get; }

    public abstract string Data { get; }
    public abstract string DataText { get; }
    public abstract string DataForget { get; }
    public abstract string StayConnected { get; }
    public abstract string StayConnectedHint { get; }
    public abstract string About(string version);
}

internal sealed class EnglishSettingsWords : SettingsWords
{
    public override string Title => "Settings";

    public override string Account => "Account";
    public override string SignedInAs => "Logged in as";
    public override string Password => "Password";
    public override string NewPassword => "New password";
    public override string RepeatPassword => "New password again";
    public override string ChangePassword => "Change password";
    public override string PasswordChanged => "The password was changed. All other devices were logged out.";
    public override string PasswordHint => "Changing it logs out all your other devices.";
    public override string SignOut => "Log out";
    public override string SignOutTitle => "Log out of this device?";
    public override string SignOutText => "Your history stays on this device for the next time, unless you remove it. What is on the server stays there.";
    public override string SignOutForget => "Also remove my history from this device";

    public override string Devices => "Devices";
    public override string ThisDevice => "This device";
    public override string UnknownSoftware => "Unknown program";
    public override string SignOutOthers => "Log out all others";
    public override string SignOutOthersText => "Choose a new password: that logs out every other device.";
    public override string OnlyThisDevice => "You are logged in on this device only.";

    public override string Notifications => "Notifications";
    public override string NotificationsOn => "Notify me of new messages";
    public override string NotificationText => "Show what was written";
    public override string NotificationTextHint => "Otherwise only who wrote.";
    public override string Sound => "Play a sound";
    public override string PermissionAsk => "The browser must allow notifications first.";
    public override string PermissionButton => "Allow notifications";
    public override string PermissionDenied => "Notifications are blocked for this page. Allow them in the browser's site settings.";
    public override string PermissionUnsupported => "Notifications cannot be shown on this system.";

    public override string Appearance => "Appearance";
    public override string Theme => "Theme";
    public override string Of(Theme theme) => theme switch { App.Theme.Light => "Light", App.Theme.Dark => "Dark", _ => "As the system" };
    public override string TextSize => "Text size";
    public override string Percent(int value) => $"{value} %";
    public override string Language => "Language";
    public override string SystemLanguage => "As the system";

    public override string Writing => "Writing";
    public override string SendKey => "Key that sends";
    public override string EnterSends => "Enter (Shift+Enter for a new line)";
    public override string CtrlEnterSends => "Ctrl+Enter (Enter for a new line)";
    public override string ShowFormats => "Show messages in the font and colour that friends chose";
    public override string ShowFormatsHint => "Otherwise all messages look alike.";

    public override string Privacy => "Privacy";
    public override string ReadMarkers => "Tell friends when I have read their messages";
    public override string ReadMarkersHint => "Never told to people who are not your friends.";
    public override string Typing => "Tell friends when I am typing";
    public override string Receipts => "Tell senders that their messages arrived";
    public override string CanBeFound => "Others can find me by search";
    public override string CanBeFoundHint => "Whoever knows your address can still send you a request.";
    public override string Blocked => "Blocked people";
    public override string NobodyBlocked => "Nobody is blocked.";

    public override string Data => "Data on this device";
    public override string DataText => "Messages, friends and pictures are kept on this device, so that MyChat starts at once and works offline.";
    public override string DataForget => "Log out and remove everything…";
    public override string StayConnected => "Stay connected when the window is closed";
    public override string StayConnectedHint => "Messages and notifications keep coming.";
    public override string About(string version) => $"MyChat {version}";
}

internal sealed class ChineseSettingsWords : SettingsWords
{
    public override string Title => "设置";

    public override string Account => "账号";
    public override string SignedInAs => "当前登录";
    public override string Password => "密码";
    public override string NewPassword => "新密码";
    public override string RepeatPassword => "确认新密码";
    public override string ChangePassword => "修改密码";
    public override string PasswordChanged => "密码已修改，其他设备均已退出登录。";
    public override string PasswordHint => "修改密码会让其他所有设备退出登录。";
    public override string SignOut => "退出登录";
    public override string SignOutTitle => "在本设备退出登录？";
    public override string SignOutText => "除非选择删除，聊天记录会保留在本设备供下次使用；服务器上的内容不受影响。";
    public override string SignOutForget => "同时删除本设备上的聊天记录";

    public override string Devices => "设备";
    public override string ThisDevice => "本设备";
    public override string UnknownSoftware => "未知程序";
    public override string SignOutOthers => "让其他设备退出登录";
    public override string SignOutOthersText => "设置新密码后，其他所有设备都会退出登录。";
    public override string OnlyThisDevice => "你只在本设备登录。";

    public override string Notifications => "通知";
    public override string NotificationsOn => "有新消息时通知我";
    public override string NotificationText => "显示消息内容";
    public override string NotificationTextHint => "关闭后只显示发送者。";
    public override string Sound => "播放提示音";
    public override string PermissionAsk => "需要先在浏览器中允许通知。";
    public override string PermissionButton => "允许通知";
    public override string PermissionDenied => "浏览器禁止了本页面的通知，请在浏览器的网站设置中允许。";
    public override string PermissionUnsupported => "此系统无法显示通知。";

    public override string Appearance => "外观";
    public override string Theme => "主题";
    public override string Of(Theme theme) => theme switch { App.Theme.Light => "浅色", App.Theme.Dark => "深色", _ => "跟随系统" };
    public override string TextSize => "文字大小";
    public override string Percent(int value) => $"{value}%";
    public override string Language => "语言";
    public override string SystemLanguage => "跟随系统";

    public override string Writing => "输入";
    public override string SendKey => "发送键";
    public override string EnterSends => "Enter（Shift+Enter 换行）";
    public override string CtrlEnterSends => "Ctrl+Enter（Enter 换行）";
    public override string ShowFormats => "按好友选择的字体和颜色显示消息";
    public override string ShowFormatsHint => "关闭后所有消息样式一致。";

    public override string Privacy => "隐私";
    public override string ReadMarkers => "告诉好友我已读消息";
    public override string ReadMarkersHint => "非好友永远不会收到。";
    public override string Typing => "告诉好友我正在输入";
    public override string Receipts => "告诉发送者消息已送达";
    public override string CanBeFound => "允许别人搜索到我";
    public override string CanBeFoundHint => "知道你地址的人仍可以发送好友请求。";
    public override string Blocked => "已屏蔽的人";
    public override string NobodyBlocked => "没有屏蔽任何人。";

    public override string Data => "本设备上的数据";
    public override string DataText => "消息、好友和头像保存在本设备上，因此 MyChat 能立即启动并可离线使用。";
    public override string DataForget => "退出登录并删除全部数据…";
    public override string StayConnected => "关闭窗口后保持连接";
    public override string StayConnectedHint => "继续接收消息和通知。";
    public override string About(string version) => $"MyChat {version}";
}
