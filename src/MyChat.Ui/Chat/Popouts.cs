using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Chat;

/// <summary>
/// Which chats are in windows of their own; one per main window. Call it from an event of the user's, or the browser refuses the window.
/// </summary>
public sealed class Popouts
{
    private readonly List<BareJid> _open = [];

    /// <summary>In the order in which they were opened.</summary>
    public IReadOnlyList<BareJid> All => _open;

    public event Action? Changed;

    /// <summary>The window of this chat is to come to the front.</summary>
    public event Action<BareJid>? FrontWanted;

    public bool IsOpen(BareJid jid) => _open.Contains(jid);

    /// <summary>Opens a chat in its own window, or shows the one that it is in.</summary>
    public void Open(BareJid jid)
    {
        if (IsOpen(jid))
        {
            FrontWanted?.Invoke(jid);
            return;
        }
        _open.Add(jid);
        Changed?.Invoke();
    }

    /// <summary>The chat returns to the main window.</summary>
    public void Close(BareJid jid)
    {
        if (_open.Remove(jid))
        {
            Changed?.Invoke();
        }
    }

    public void CloseAll()
    {
        if (_open.Count > 0)
        {
            _open.Clear();
            Changed?.Invoke();
        }
    }
}
