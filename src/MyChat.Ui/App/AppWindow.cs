using MyChat.Xmpp.Jids;

namespace MyChat.Ui.App;

/// <summary>A window (or tab) that shows the app.</summary>
public sealed class AppWindow : IDisposable
{
    private readonly ChatApp _app;
    private BareJid? _visibleChat;
    private bool _isFocused;
    private bool _isVisible = true;

    internal AppWindow(ChatApp app, BareJid? chat)
    {
        _app = app;
        OnlyChat = chat;
    }

    /// <summary>The one chat of a window of its own; null: the main window.</summary>
    public BareJid? OnlyChat { get; }

    /// <summary>Whether any of the window can be seen, as far as the system tells.</summary>
    public bool IsVisible
    {
        get => _isVisible;
        set
        {
            if (_isVisible != value)
            {
                _isVisible = value;
                _app.OnAttentionChanged();
            }
        }
    }

    /// <summary>Whether the window has the focus of the system.</summary>
    public bool IsFocused
    {
        get => _isFocused;
        set
        {
            if (_isFocused != value)
            {
                _isFocused = value;
                _app.OnAttentionChanged();
                _app.Raise();
            }
        }
    }

    /// <summary>The chat whose newest messages can be seen in this window: what its pane says.</summary>
    public BareJid? VisibleChat
    {
        get => _visibleChat;
        set
        {
            if (!Equals(_visibleChat, value))
            {
                _visibleChat = value;
                _app.OnAttentionChanged();
            }
        }
    }

    public void Dispose() => _app.OnWindowClosed(this);
}
