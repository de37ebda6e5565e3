using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Conversations;

/// <summary>Who is typing (XEP-0085), on both sides. A state that nobody takes back ends by itself.</summary>
internal sealed class Typing(ClientContext context)
{
    /// <summary>The user pressed no key for so long: paused (§4.1).</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Who goes on typing is told again, so that it does not end over there.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(30);

    /// <summary>Theirs ends when nothing more is heard.</summary>
    private static readonly TimeSpan Fade = TimeSpan.FromSeconds(60);

    private sealed class Mine
    {
        public ITimer? Pausing;
        public DateTimeOffset ToldAt;
    }

    private readonly Dictionary<Conversation, Mine> _mine = [];
    private readonly Dictionary<Conversation, ITimer> _theirs = [];

    /// <summary>The user types, or has stopped.</summary>
    public void Set(Conversation conversation, bool isTyping) => context.Run(async cancellationToken =>
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        var isTold = _mine.TryGetValue(conversation, out var mine);
        if (!isTyping)
        {
            if (isTold)
            {
                Forget(conversation);
                Tell(conversation, "paused");
            }
            return;
        }
        var now = context.Options.Time.GetUtcNow();
        if (!isTold || now - mine!.ToldAt >= Repeat)
        {
            if (!Tell(conversation, "composing"))
            {
                return;
            }
            _mine[conversation] = mine ??= new Mine();
            mine.ToldAt = now;
        }
        mine.Pausing ??= context.Options.Time.CreateTimer(_ => Set(conversation, isTyping: false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        mine.Pausing.Change(Pause, Timeout.InfiniteTimeSpan);
    });

    /// <summary>A message is sent, which says by itself that the user is no longer typing. Inside a turn.</summary>
    public void Forget(Conversation conversation)
    {
        if (_mine.Remove(conversation, out var mine))
        {
            mine.Pausing?.Dispose();
        }
    }

    /// <summary>The contact types, or has stopped. Inside a turn.</summary>
    public void Show(Conversation conversation, bool isTyping)
    {
        if (_theirs.Remove(conversation, out var timer))
        {
            timer.Dispose();
        }
        if (isTyping)
        {
            _theirs[conversation] = timer = context.Options.Time.CreateTimer(_ => Expire(conversation, timer), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(Fade, Timeout.InfiniteTimeSpan);
        }
        if (conversation.IsTyping != isTyping)
        {
            conversation.IsTyping = isTyping;
            conversation.Publish();
        }
    }

    private void Expire(Conversation conversation, ITimer? timer) => context.Run(async cancellationToken =>
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        // Unless they went on typing meanwhile, which has a timer of its own.
        if (_theirs.GetValueOrDefault(conversation) == timer)
        {
            Show(conversation, isTyping: false);
        }
    });

    /// <summary>Tells friends who are there, where the user wants that.</summary>
    private bool Tell(Conversation conversation, string state) =>
        context.Self.Preferences.SendTyping
        && context.Contacts[conversation.Jid] is { Friendship: Friendship.Friends, IsOnline: true }
        && context.Post(new Message
        {
            To = conversation.Jid,
            Type = MessageType.Chat,
            Payload = new Payload(new Element(new XName(ChatStates.Ns, state)), new Element(MessageProcessingHints.NoStore)),
        });
}
