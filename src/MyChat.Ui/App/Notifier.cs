using System.Runtime.CompilerServices;
using MyChat.Client;
using MyChat.Client.Conversations;
using MyChat.Client.Roster;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.App;

/// <summary>
/// Tells what is new outside of the window: one notification per contact, none for what is muted, seen, or from strangers; taken back when it
/// was read, here or elsewhere. Keeps the badge.
/// </summary>
internal sealed class Notifier(ChatApp app)
{
    private readonly Lock _lock = new();
    private readonly HashSet<BareJid> _told = [];

    // What is about to be shown, by tag: of several only the last is.
    private readonly Dictionary<string, StrongBox<Notification>> _next = [];
    private bool _toldNotices;
    private int _badge;
    private ChatClient? _client;
    private Task _work = Task.CompletedTask;

    /// <summary>The client to tell of; null when there is none.</summary>
    public void Watch(ChatClient? client)
    {
        if (_client is { } old)
        {
            old.MessageReceived -= OnMessage;
            old.Notices.Arrived -= OnNotice;
        }

        _client = client;
        if (client is not null)
        {
            client.MessageReceived += OnMessage;
            client.Notices.Arrived += OnNotice;
        }

        Refresh();
    }

    /// <summary>Takes back what was read, and sets the badge.</summary>
    public void Refresh()
    {
        var client = _client;
        lock (_lock)
        {
            foreach (var jid in _told.Where(jid => client is null || client.Conversations[jid].Summary.Unread == 0 || app.IsSeen(jid)).ToArray())
            {
                _told.Remove(jid);
                Withdraw(Navigation.AddressOf(jid));
            }

            if (_toldNotices && (client is null || client.Notices.UnseenCount == 0))
            {
                _toldNotices = false;
                Withdraw(Navigation.AddressOfVerification);
            }

            var badge = client?.Conversations.UnreadCount ?? 0;
            if (badge != _badge)
            {
                _badge = badge;
                Do(cancellationToken => app.Platform.SetBadgeAsync(badge, cancellationToken));
            }
        }
    }

    private void OnMessage(IncomingMessage incoming)
    {
        var summary = incoming.Conversation.Summary;
        if (_client is not { } client || !app.Settings.Notifications || app.IsSeen(summary.Jid) || summary.MutedUntil > app.Now)
        {
            return;
        }

        var contact = client.Contacts[summary.Jid];
        if (contact.Friendship == Friendship.None || contact.IsBlocked)
        {
            return; // Strangers wait in the list; they do not ring.
        }

        var words = app.Words.Notifications;
        var text = !app.Settings.NotificationText || summary.Unread > 1 ? words.NewMessages(Math.Max(1, summary.Unread)) : incoming.Message.Body;
        if (app.Settings.NotificationText && summary.Unread > 1)
        {
            text = $"{incoming.Message.Body}\n{text}";
        }

        Tell(new Notification(Navigation.AddressOf(summary.Jid), contact.Name, text, Navigation.AddressOf(summary.Jid)), () => _told.Add(summary.Jid));
    }

    private void OnNotice(Notice notice)
    {
        if (app.Settings.Notifications && notice.Kind is NoticeKind.Request or NoticeKind.Agreed)
        {
            var text = app.Words.Notifications.Notice(notice.Kind, notice.Name);
            const string Address = Navigation.AddressOfVerification;
            Tell(new Notification(Address, app.Words.Verification.Title, text, Address), () => _toldNotices = true);
        }
    }

    private void Tell(Notification notification, Action remember)
    {
        lock (_lock)
        {
            remember();
            if (_next.TryGetValue(notification.Tag, out var next))
            {
                next.Value = notification;
                return;
            }

            next = _next[notification.Tag] = new StrongBox<Notification>(notification);
            app.Ring();
            Do(cancellationToken => app.Platform.NotifyAsync(Take(next), cancellationToken));
        }
    }

    private Notification Take(StrongBox<Notification> next)
    {
        lock (_lock)
        {
            var notification = next.Value!;
            if (_next.GetValueOrDefault(notification.Tag) == next)
            {
                _next.Remove(notification.Tag);
            }

            return notification;
        }
    }

    private void Withdraw(string tag)
    {
        // What comes after it is to be shown after it.
        _next.Remove(tag);
        Do(cancellationToken => app.Platform.WithdrawAsync(tag, cancellationToken));
    }

    // One after another, so that a withdrawal never overtakes what it takes back. Under the lock.
    private void Do(Func<CancellationToken, Task> work)
    {
        var before = _work;
        _work = RunAsync();

        async Task RunAsync()
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await work(CancellationToken.None);
        }
    }
}
