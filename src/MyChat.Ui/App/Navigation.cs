using MyChat.Client.History;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.App;

/// <summary>The list on the left.</summary>
public enum ListTab { Chats, Friends, Groups }

/// <summary>What fills the large pane.</summary>
public enum MainPage { None, Chat, Verification, AddFriend, Profile, Settings }

/// <summary>Which list, chat and page are open.</summary>
public sealed class Navigation
{
    private MainPage _under;

    public ListTab Tab { get; private set; }
    public MainPage Page { get; private set; }

    /// <summary>The open chat, also while another page covers it.</summary>
    public BareJid? Chat { get; private set; }

    /// <summary>A message that the open chat is to go to; whoever goes there takes it.</summary>
    public FoundMessage? Wanted { get; private set; }

    /// <summary>The details drawer beside the chat.</summary>
    public bool ShowsDetails { get; private set; }

    /// <summary>The quick switcher (Ctrl+K).</summary>
    public bool ShowsSwitcher { get; private set; }

    /// <summary>The cheat sheet of keys (?).</summary>
    public bool ShowsKeys { get; private set; }

    public event Action? Changed;

    public void Select(ListTab tab) => Set(() => Tab = tab);

    /// <summary>Opens the chat of a message that was found, at that message.</summary>
    public void OpenMessage(FoundMessage message)
    {
        Wanted = message;
        OpenChat(message.Contact);
    }

    /// <summary>The message that this chat is to go to, once.</summary>
    public FoundMessage? TakeWanted(BareJid jid)
    {
        var wanted = Wanted?.Contact.Equals(jid) == true ? Wanted : null;
        Wanted = wanted is null ? Wanted : null;
        return wanted;
    }

    public void OpenChat(BareJid jid) => Set(() =>
    {
        Wanted = Wanted?.Contact.Equals(jid) == true ? Wanted : null;
        Chat = jid;
        Page = MainPage.Chat;
        ShowsSwitcher = false;
    });

    public void Show(MainPage page) => Set(() =>
    {
        if (Page is MainPage.None or MainPage.Chat)
        {
            _under = Page;
        }

        Page = page == MainPage.Chat && Chat is null ? MainPage.None : page;
        ShowsDetails = false;
        ShowsSwitcher = false;
    });

    /// <summary>From the drawer or a page to what was there before; from the chat to the lists (where there is room for one pane only).</summary>
    public void Back() => Set(() =>
    {
        if (ShowsDetails)
        {
            ShowsDetails = false;
            return;
        }

        Page = Page != MainPage.Chat && _under == MainPage.Chat && Chat is not null ? MainPage.Chat : MainPage.None;
        _under = MainPage.None;
    });

    public void CloseChat() => Set(() =>
    {
        Chat = null;
        ShowsDetails = false;
        Page = Page == MainPage.Chat ? MainPage.None : Page;
    });

    public void SetDetails(bool shown) => Set(() => ShowsDetails = shown);

    public void SetSwitcher(bool shown) => Set(() => ShowsSwitcher = shown);

    public void SetKeys(bool shown) => Set(() => ShowsKeys = shown);

    /// <summary>Goes to an address in the app, as notifications carry it: <c>chat/romeo@verona.lit</c>, <c>verification</c>.</summary>
    public void Open(string address)
    {
        const string ChatPrefix = "chat/";
        if (address.StartsWith(ChatPrefix, StringComparison.Ordinal) && BareJid.TryParse(address.AsSpan(ChatPrefix.Length), out var jid))
        {
            OpenChat(jid);
        }
        else if (address == AddressOfVerification)
        {
            Show(MainPage.Verification);
        }
    }

    public static string AddressOf(BareJid chat) => $"chat/{chat}";

    public const string AddressOfVerification = "verification";

    internal void Reset() => Set(() => (Tab, Page, Chat, Wanted, ShowsDetails, ShowsSwitcher, ShowsKeys) = (ListTab.Chats, MainPage.None, null, null, false, false, false));

    private void Set(Action change)
    {
        change();
        Changed?.Invoke();
    }
}
