using MyChat.Client.Roster;

namespace MyChat.Ui.Language;

/// <summary>Friends, and finding them.</summary>
public abstract class FriendWords
{
    public abstract string MyFriends(int online, int total);
    public abstract string Pending { get; }
    public abstract string Chat { get; }
    public abstract string Profile { get; }
    public abstract string Rename { get; }
    public abstract string Alias { get; }
    public abstract string AliasHint(string name);
    public abstract string Delete { get; }
    public abstract string DeleteTitle(string name);
    public abstract string DeleteText(string name);
    public abstract string Block { get; }
    public abstract string Unblock { get; }
    public abstract string BlockTitle(string name);
    public abstract string BlockText { get; }
    public abstract string EmptyTitle { get; }
    public abstract string EmptyText { get; }

    /// <summary>What is between the user and somebody, where it is not a friendship.</summary>
    public abstract string State(Friendship friendship, string name);

    /// <summary>The button that mends it.</summary>
    public abstract string Mend(Friendship friendship);

    public abstract string Add { get; }
    public abstract string AddIntro(bool search);
    public abstract string SearchLabel { get; }
    public abstract string SearchPlaceholder { get; }
    public abstract string AddressLabel { get; }
    public abstract string AddressHint(string domain);
    public abstract string Find { get; }
    public abstract string Found(int count);
    public abstract string NobodyFound(string text);
    public abstract string NobodyFoundHint { get; }
    public abstract string TooShort { get; }
    public abstract string AlreadyFriend { get; }
    public abstract string ThatIsYou { get; }
    public abstract string AlreadyAsked { get; }
    public abstract string Request { get; }
    public abstract string RequestTo(string name);
    public abstract string Note { get; }
    public abstract string NoteHint { get; }
    public abstract string DefaultNote(string name);
    public abstract string Send { get; }
    public abstract string Sent(string name);
    public abstract string AddressInvalid { get; }
    public abstract string TakeBack { get; }
}

internal sealed class EnglishFriendWords : FriendWords
{
    public override string MyFriends(int online, int total) => $"My friends ({online}/{total})";
    public override string Pending => "Not friends yet";
    public override string Chat => "Chat";
    public override string Profile => "Profile";
    public override string Rename => "Change name";
    public override string Alias => "Your name for this friend";
    public override string AliasHint(string name) => $"Only you see it. Leave it empty for their own: {name}";
    public override string Delete => "Delete friend";
    public override string DeleteTitle(string name) => $"Delete {name}?";
    public override string DeleteText(string name) => $"{name} disappears from your friends, and you from theirs. {name} is told. Your messages stay on this device.";
    public override string Block => "Block";
    public override string Unblock => "Unblock";
    public override string BlockTitle(string name) => $"Block {name}?";
    public override string BlockText => "They can neither write to you nor see whether you are online, and they are not told.";
    public override string EmptyTitle => "No friends yet";
    public override string EmptyText => "Find people by their name or address and send them a request.";

    public override string State(Friendship friendship, string name) => friendship switch
    {
        Friendship.Asked => "Your request waits for an answer.",
        Friendship.OnlyIFollow => $"You see {name}, but {name} does not see you.",
        Friendship.OnlyTheyFollow => $"{name} sees you, but you do not see {name}.",
        Friendship.Friends => "You are friends.",
        _ => $"{name} is not your friend.",
    };

    public override string Mend(Friendship friendship) => friendship == Friendship.Asked ? TakeBack : "Become friends";

    public override string Add => "Add friend";
    public override string AddIntro(bool search) => search
        ? "Search by part of a name or address, then send a request. You are friends as soon as it is agreed to."
        : "This server has no search. Enter the address of your friend, as they see it in their profile.";
    public override string SearchLabel => "Name or address";
    public override string SearchPlaceholder => "For example: juliet";
    public override string AddressLabel => "Address";
    public override string AddressHint(string domain) => $"For example juliet@{domain}";
    public override string Find => "Search";
    public override string Found(int count) => count == 1 ? "1 person found" : $"{count} people found";
    public override string NobodyFound(string text) => $"Nobody found for “{text}”.";
    public override string NobodyFoundHint => "Try another part of the name, or the whole address.";
    public override string TooShort => "This is too short to search for. Enter a little more.";
    public override string AlreadyFriend => "Already your friend";
    public override string ThatIsYou => "That is you";
    public override string AlreadyAsked => "Request sent";
    public override string Request => "Send request";
    public override string RequestTo(string name) => $"Send request to {name}";
    public override string Note => "A note with it";
    public override string NoteHint => "So that they know who you are.";
    public override string DefaultNote(string name) => $"I am {name}.";
    public override string Send => "Send";
    public override string Sent(string name) => $"Your request to {name} was sent.";
    public override string AddressInvalid => "This is not an address. It should look like name@example.org.";
    public override string TakeBack => "Take it back";
}

internal sealed class ChineseFriendWords : FriendWords
{
    public override string MyFriends(int online, int total) => $"我的好友 ({online}/{total})";
    public override string Pending => "尚未成为好友";
    public override string Chat => "聊天";
    public override string Profile => "资料";
    public override string Rename => "修改备注";
    public override string Alias => "好友备注";
    public override string AliasHint(string name) => $"只有你能看到。留空则显示对方的昵称：{name}";
    public override string Delete => "删除好友";
    public override string DeleteTitle(string name) => $"删除 {name}？";
    public override string DeleteText(string name) => $"{name} 将从你的好友中消失，你也会从对方的好友中消失，对方会收到通知。聊天记录仍保留在本设备。";
    public override string Block => "屏蔽";
    public override string Unblock => "取消屏蔽";
    public override string BlockTitle(string name) => $"屏蔽 {name}？";
    public override string BlockText => "对方将无法给你发消息，也看不到你是否在线，且不会收到通知。";
    public override string EmptyTitle => "还没有好友";
    public override string EmptyText => "按名字或地址查找，然后发送好友请求。";

    public override string State(Friendship friendship, string name) => friendship switch
    {
        Friendship.Asked => "好友请求已发送，等待对方验证。",
        Friendship.OnlyIFollow => $"你能看到 {name}，但对方看不到你。",
        Friendship.OnlyTheyFollow => $"{name} 能看到你，但你看不到对方。",
        Friendship.Friends => "你们是好友。",
        _ => $"{name} 还不是你的好友。",
    };

    public override string Mend(Friendship friendship) => friendship == Friendship.Asked ? TakeBack : "互相加为好友";

    public override string Add => "添加好友";
    public override string AddIntro(bool search) => search
        ? "输入名字或地址的一部分进行查找，然后发送请求，对方同意后你们就是好友了。"
        : "此服务器不支持搜索，请输入好友的地址（对方可在“我的资料”中看到）。";
    public override string SearchLabel => "名字或地址";
    public override string SearchPlaceholder => "例如：小明";
    public override string AddressLabel => "地址";
    public override string AddressHint(string domain) => $"例如 xiaoming@{domain}";
    public override string Find => "查找";
    public override string Found(int count) => $"找到 {count} 人";
    public override string NobodyFound(string text) => $"没有找到“{text}”。";
    public override string NobodyFoundHint => "试试名字的其他部分，或输入完整地址。";
    public override string TooShort => "搜索内容太短，请再多输入一些。";
    public override string AlreadyFriend => "已是你的好友";
    public override string ThatIsYou => "这是你自己";
    public override string AlreadyAsked => "请求已发送";
    public override string Request => "发送请求";
    public override string RequestTo(string name) => $"向 {name} 发送请求";
    public override string Note => "附言";
    public override string NoteHint => "让对方知道你是谁。";
    public override string DefaultNote(string name) => $"我是{name}。";
    public override string Send => "发送";
    public override string Sent(string name) => $"已向 {name} 发送好友请求。";
    public override string AddressInvalid => "地址格式不正确，应类似 name@example.org。";
    public override string TakeBack => "撤回请求";
}
