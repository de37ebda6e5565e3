using MyChat.Client.Connections;
using MyChat.Client.Profiles;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>What the user does to the roster and to subscriptions (RFC 6121 §2, §3).</summary>
internal sealed class Subscriptions(ClientContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Requests whose fate at the own server is not known yet; inside turns only.</summary>
    private readonly Dictionary<BareJid, TaskCompletionSource<Presence?>> _asking = [];

    /// <summary>Whom the user asked since the client was started; the notices remember it longer, but learn of it later.</summary>
    private readonly HashSet<BareJid> _asked = [];

    /// <summary>Who was asked again in this stream.</summary>
    private readonly HashSet<BareJid> _askedAgain = [];

    /// <summary>Asks, saying yes to being asked back; returns when the server has taken it up.</summary>
    public async Task AskAsync(BareJid jid, string? note, CancellationToken cancellationToken)
    {
        if (jid.Equals(context.Account))
        {
            throw new ArgumentException("Nobody is one's own friend.", nameof(jid));
        }
        if (context.Contacts.BlockedPeople.Covers(jid))
        {
            await context.Contacts.UnblockAsync(jid, cancellationToken).ConfigureAwait(false);
        }
        var known = context.Contacts.ItemOf(jid);
        if (known is null)
        {
            await SetAsync(new RosterItem(jid), cancellationToken).ConfigureAwait(false);
        }
        if (known?.SeesMe != true && (context.Offers(RosterNames.PreApprovalFeature) || context.Notices.HasRequest(jid)))
        {
            await SendAsync(jid, PresenceType.Subscribed, cancellationToken).ConfigureAwait(false);
        }
        if (known?.SeenByMe != true)
        {
            await RequestAsync(jid, note, isNew: known is null, cancellationToken).ConfigureAwait(false);
        }
        await context.Notices.AnsweredAsync(jid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Agrees: lets the other see the user, and asks back.</summary>
    public async Task AgreeAsync(BareJid jid, CancellationToken cancellationToken)
    {
        var known = context.Contacts.ItemOf(jid);
        if (known?.SeesMe != true)
        {
            await SendAsync(jid, PresenceType.Subscribed, cancellationToken).ConfigureAwait(false);
        }
        if (known?.SeenByMe != true && known?.IsAsked != true)
        {
            await SendAsync(jid, PresenceType.Subscribe, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask RefuseAsync(BareJid jid, CancellationToken cancellationToken) => SendAsync(jid, PresenceType.Unsubscribed, cancellationToken);

    public async Task TakeBackAsync(BareJid jid, CancellationToken cancellationToken)
    {
        if (context.Contacts.ItemOf(jid) is not { IsAsked: true } item)
        {
            return;
        }
        if (item.SeesMe)
        {
            await ForgetAsync(jid, cancellationToken).ConfigureAwait(false);
            await SendAsync(jid, PresenceType.Unsubscribe, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await RemoveAsync(jid, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>RFC 6121 §2.5: the server tells the other what that ends.</summary>
    public async Task RemoveAsync(BareJid jid, CancellationToken cancellationToken)
    {
        await ForgetAsync(jid, cancellationToken).ConfigureAwait(false);
        try
        {
            var item = new Element(RosterNames.Item, ("jid", jid.ToString()), ("subscription", "remove"));
            await context.RequestAsync(IqType.Set, new Element(RosterNames.Query, item), cancellationToken).ConfigureAwait(false);
        }
        catch (StanzaErrorException refused) when (refused.Condition == StanzaErrorCondition.ItemNotFound)
        {
            // Another device was faster.
        }
    }

    public Task RenameAsync(BareJid jid, string? alias, CancellationToken cancellationToken) => context.Contacts.ItemOf(jid) is { } item
        ? SetAsync(item with { Name = CleanText.Name(alias) }, cancellationToken)
        : throw new InvalidOperationException($"{jid} is not in the roster.");

    /// <summary>
    /// Inside a turn: a request of somebody else. Whoever the user asked need not wait for a click: both want it. (Servers with pre-approval,
    /// RFC 6121 §3.4, answer themselves.) False where a person has to decide.
    /// </summary>
    public async ValueTask<bool> TakeRequestAsync(BareJid jid, CancellationToken cancellationToken)
    {
        var isWanted = context.Contacts.ItemOf(jid) is { } item
            && (item.IsAsked || item.State.HasFlag(SubscriptionState.Approved) || item.SeesMe || (item.SeenByMe && (_asked.Contains(jid) || context.Notices.Expects(jid))));
        if (isWanted)
        {
            await context.AnswerAsync(new Presence { Type = PresenceType.Subscribed, To = jid }, cancellationToken).ConfigureAwait(false);
        }
        return isWanted;
    }

    /// <summary>
    /// Once in a stream, asks those again whom the user agreed to and who have not answered. Prosody 0.12 loses the answer that was given beforehand
    /// (RFC 6121 §3.4) by somebody who was away; asked again, it tells.
    /// </summary>
    public async ValueTask AskAgainAsync(RosterItem? item, CancellationToken cancellationToken)
    {
        if (item is { IsAsked: true, SeesMe: true, SeenByMe: false } && _askedAgain.Add(item.Jid))
        {
            await context.AnswerAsync(new Presence { Type = PresenceType.Subscribe, To = item.Jid }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Inside a turn: what has become of an item.</summary>
    public void Changed(RosterItem item)
    {
        // Later requests of a friend who stopped to be one are questions again.
        if (item.State == SubscriptionState.Both)
        {
            _asked.Remove(item.Jid);
        }
        if (item.IsAsked || item.SeenByMe)
        {
            Settle(item.Jid, null);
        }
    }

    /// <summary>Inside a turn: an error that answers a request; false when it answers none.</summary>
    public bool TakeError(Presence error) => error is { Type: PresenceType.Error, From: { } from } && Settle(from.Bare, error);

    /// <summary>The stream is gone: whether the requests arrived, the roster will tell.</summary>
    public void Reset()
    {
        foreach (var waiting in _asking.Values)
        {
            waiting.TrySetResult(null);
        }
        _asking.Clear();
        _askedAgain.Clear();
    }

    private async Task ForgetAsync(BareJid jid, CancellationToken cancellationToken)
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        _asked.Remove(jid);
    }

    private async Task RequestAsync(BareJid jid, string? note, bool isNew, CancellationToken cancellationToken)
    {
        Task<Presence?> taken;
        using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            _asked.Add(jid);
            if (!_asking.TryGetValue(jid, out var waiting))
            {
                _asking[jid] = waiting = new TaskCompletionSource<Presence?>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            taken = waiting.Task;
            if (context.Contacts.ItemOf(jid) is { } item)
            {
                Changed(item); // asked before: nothing will change
            }
        }
        await SendAsync(jid, PresenceType.Subscribe, cancellationToken, note).ConfigureAwait(false);
        if (await OutcomeAsync(jid, taken, cancellationToken).ConfigureAwait(false) is not { } refusal)
        {
            return;
        }
        if (isNew)
        {
            await RemoveAsync(jid, cancellationToken).ConfigureAwait(false);
        }
        throw new StanzaErrorException(StanzaError.Read(refusal) ?? new StanzaError(StanzaErrorCondition.UndefinedCondition), refusal);
    }

    private async Task<Presence?> OutcomeAsync(BareJid jid, Task<Presence?> taken, CancellationToken cancellationToken)
    {
        try
        {
            return await taken.WaitAsync(Patience, context.Options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A server that pushes nothing for it; no error is good news.
            using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                Settle(jid, null);
            }
            return null;
        }
    }

    private bool Settle(BareJid jid, Presence? error) => _asking.Remove(jid, out var waiting) && waiting.TrySetResult(error);

    private Task<Iq> SetAsync(RosterItem item, CancellationToken cancellationToken) => context.RequestAsync(IqType.Set, item.ToSet(), cancellationToken);

    private ValueTask SendAsync(BareJid jid, PresenceType type, CancellationToken cancellationToken, string? note = null) => context.SendAsync(
        new Presence
        {
            Type = type,
            To = jid,
            Payload = CleanText.Note(note) is { } status ? new Payload(new Element(XNames.Status, status)) : Payload.Empty,
        },
        cancellationToken);
}
