using System.Security.Cryptography;
using System.Text;
using MyChat.Client.Connections;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Conversations;

/// <summary>
/// Messages of the user's on their way to the server. Each is kept before it is sent, and sent with an id that never changes: what was not
/// acknowledged before the stream was lost for good goes again, and a receiver knows it by the id. The server's acknowledgement (XEP-0198) or,
/// where it gives none, its answer to a later ping makes it <see cref="MessageState.Sent"/>.
/// </summary>
internal sealed class Outbox(ConversationList list)
{
    /// <summary>Servers take 256 KiB as a rule; what a body needs more than its own bytes is escapes.</summary>
    private const int MaxStanzaBytes = 250_000;

    /// <summary>So often a stream may break on a message before it counts as the cause.</summary>
    private const int MostRefusals = 2;

    private readonly Dictionary<string, int> _refusals = new(StringComparer.Ordinal);

    // Without stream management: posted on this stream, and not yet known to have arrived.
    private readonly List<string> _unproven = [];
    private bool _isProving;
    private XmppConnection? _openOn;

    private ClientContext Context => list.Context;

    public async Task<ChatMessage> SendAsync(Conversation conversation, string body, MessageFormat? format, CancellationToken cancellationToken)
    {
        body = BodyText.Clean(body);
        if (string.IsNullOrWhiteSpace(body))
        {
            throw new ArgumentException("There is nothing to send.", nameof(body));
        }
        if (Encoding.UTF8.GetByteCount(body) > Conversation.MaxBodyBytes)
        {
            throw new ArgumentException($"A message may have {Conversation.MaxBodyBytes} bytes.", nameof(body));
        }
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        var message = New(conversation, body, format == MessageFormat.Plain ? null : format);
        if (Make(message).Payload.Utf8.Length > MaxStanzaBytes)
        {
            throw new ArgumentException("The message is too long for a server.", nameof(body));
        }
        await KeepAsync(conversation, message, cancellationToken).ConfigureAwait(false);
        Send(message);
        return message;
    }

    public async Task RetryAsync(Conversation conversation, string key, CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        var failed = await Context.Store.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false);
        if (failed is not { State: MessageState.Failed } || !failed.Contact.Equals(conversation.Jid))
        {
            return;
        }
        _refusals.Remove(key);
        var now = Context.Now;
        var message = failed with { State = MessageState.Queued, Error = null, Time = now, Order = NextOrder(conversation, now) };
        await KeepAsync(conversation, message, cancellationToken).ConfigureAwait(false);
        Send(message);
    }

    /// <summary>A new stream: what was posted on the last one and not acknowledged goes again.</summary>
    public void Forget()
    {
        _unproven.Clear();
        _isProving = false;
    }

    /// <summary>Sends everything that waits and is not on its way, in order. Inside a turn.</summary>
    public async ValueTask SendQueuedAsync(CancellationToken cancellationToken)
    {
        var queued = await Context.Store.ReadQueuedAsync(cancellationToken).ConfigureAwait(false);
        var underWay = (Context.Connection?.Management?.UnacknowledgedMarks.OfType<string>() ?? _unproven).ToHashSet(StringComparer.Ordinal);
        _openOn = Context.Connection;
        foreach (var message in queued.Where(message => !underWay.Contains(message.Key)))
        {
            Send(message);
        }
    }

    /// <summary>The server has these. Inside a turn.</summary>
    public async ValueTask ConfirmAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var batch = new StoreBatch();
        foreach (var key in keys)
        {
            _refusals.Remove(key);
            if (await Context.Store.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false) is { State: MessageState.Queued } message)
            {
                batch.Messages.Add(MovedOn(message, MessageState.Sent));
            }
        }
        await ChangeAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The server ended the stream because of something that it was sent: after a few times it is the oldest message that it did not take. Inside a turn.
    /// </summary>
    public async ValueTask SuspectAsync(StreamManagement? lost, CancellationToken cancellationToken)
    {
        var key = lost?.UnacknowledgedMarks.OfType<string>().FirstOrDefault() ?? _unproven.FirstOrDefault();
        if (key is null || (_refusals[key] = _refusals.GetValueOrDefault(key) + 1) < MostRefusals)
        {
            return;
        }
        if (await Context.Store.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false) is { State: MessageState.Queued } message)
        {
            await FailAsync(message, StanzaErrorCondition.PolicyViolation, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A message was refused. Inside a turn.</summary>
    public ValueTask FailAsync(ChatMessage message, StanzaErrorCondition error, CancellationToken cancellationToken) =>
        ChangeAsync(new StoreBatch { Messages = { message with { State = MessageState.Failed, Error = error } } }, cancellationToken);

    /// <summary>Commits changed messages, and shows them. Inside a turn.</summary>
    public async ValueTask ChangeAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Messages.Count == 0 && batch.Documents.Count == 0)
        {
            return;
        }
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        foreach (var message in batch.Messages)
        {
            list[message.Contact].Show(message);
        }
        foreach (var contact in batch.Messages.Select(message => message.Contact).Distinct())
        {
            list[contact].Publish();
        }
    }

    /// <summary>The message in a later state; in the last of them when its reader has told of a later message already.</summary>
    public ChatMessage MovedOn(ChatMessage message, MessageState state) =>
        message with { State = message.Order <= list[message.Contact].State.TheyReadUpTo ? MessageState.Read : state };

    private ChatMessage New(Conversation conversation, string body, MessageFormat? format)
    {
        var now = Context.Now;
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var contact = Context.Contacts[conversation.Jid];
        return new ChatMessage(id, conversation.Jid, NextOrder(conversation, now))
        {
            IsMine = true,
            Body = body,
            State = MessageState.Queued,
            Time = now,
            Format = format,
            Id = id,
            StartsAbsence = Context.IsConnected && contact is { Friendship: Friendship.Friends, IsOnline: false } && !conversation.State.IsAbsenceTold,
        };
    }

    private static long NextOrder(Conversation conversation, DateTimeOffset now) => Math.Max(Orders.Of(now), conversation.LastOrder + 1);

    private async ValueTask KeepAsync(Conversation conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        conversation.State = conversation.State with
        {
            IsHidden = false,
            IsAbsenceTold = conversation.State.IsAbsenceTold || message.StartsAbsence,
        };
        var batch = new StoreBatch { Messages = { message } };
        conversation.Keep(batch);
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        conversation.Show(message);
        conversation.Publish();
    }

    /// <summary>Puts a message on the stream, if there is one; in the order of the turns.</summary>
    private void Send(ChatMessage message)
    {
        // Not before what waits from earlier went out on this stream.
        if (Context.Connection is not { } connection || connection != _openOn)
        {
            return;
        }
        list.Typing.Forget(list[message.Contact]);
        if (Context.Post(Make(message), message.Key) && connection.Management is null)
        {
            _unproven.Add(message.Key);
            Prove();
        }
    }

    private Message Make(ChatMessage message)
    {
        var mayTell = Context.Contacts[message.Contact].Friendship == Friendship.Friends && Context.Self.Preferences.SendTyping;
        return new Message
        {
            To = message.Contact,
            Type = MessageType.Chat,
            Id = message.Id,
            Payload = new Payload(
            [
                new Element(XNames.Body, message.Body),
                new Element(StanzaIds.OriginId, ("id", message.Id)),
                new Element(Receipts.Request),
                new Element(ChatMarkers.Markable),
                .. mayTell ? [new Element(new XName(ChatStates.Ns, "active"))] : Array.Empty<Element>(),
                .. FormatElements.Make(message.Format) is { } format ? [format] : Array.Empty<Element>(),
            ]),
        };
    }

    /// <summary>Asks the server something: its answer proves that it has what was sent before.</summary>
    private void Prove()
    {
        if (_isProving)
        {
            return;
        }
        _isProving = true;
        Context.Run(async cancellationToken =>
        {
            List<string> keys;
            Task<Iq> answer;
            using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                keys = [.. _unproven];
                _isProving = false;
                answer = Context.RequestAsync(
                    new Iq { Type = IqType.Get, To = Context.Account.Domain, Payload = new Payload(new Element(Ping.Query)) }, cancellationToken);
            }
            try
            {
                await answer.ConfigureAwait(false);
            }
            catch (StanzaErrorException)
            {
                // An error is an answer as well.
            }
            catch (XmppException)
            {
                return;
            }
            using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
            _unproven.RemoveAll(keys.Contains);
            await ConfirmAsync(keys, cancellationToken).ConfigureAwait(false);
        });
    }
}
