using MyChat.Client.Connections;
using MyChat.Client.Profiles;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>
/// The roster as a user sees it (RFC 6121 §2, §3). A friend is subscription <c>both</c>: a request pre-approves its answer, agreeing asks back.
/// Commands need a connection: they throw <see cref="XmppException"/> without one, <see cref="StanzaErrorException"/> when the server refuses.
/// </summary>
public sealed class Contacts : IClientPart
{
    private readonly ClientContext _context;
    private readonly PresenceBook _presence = new();
    private readonly Subscriptions _subscriptions;
    private readonly LastSeen _lastSeen;
    private volatile RosterState? _roster;
    private volatile ContactList _list = ContactList.Empty;

    internal Contacts(ClientContext context)
    {
        _context = context;
        _subscriptions = new Subscriptions(context);
        _lastSeen = new LastSeen(context);
        BlockedPeople = new BlockedPeople(context);
        BlockedPeople.Changed += RefreshAll;
    }

    /// <summary>Everybody with any <see cref="Contact.Friendship"/> but None, by name. From the store until the roster was fetched.</summary>
    public IReadOnlyList<Contact> All => _list.All;

    /// <summary>Those with <see cref="Friendship.Friends"/>.</summary>
    public IReadOnlyList<Contact> Friends => _list.Friends;

    /// <summary>How many of the friends are online.</summary>
    public int OnlineCount => _list.OnlineCount;

    /// <summary>Whether the roster (from the server or the store) is known at all.</summary>
    public bool IsLoaded => _roster is not null;

    /// <summary>Whoever this is: a contact, or a stranger with <see cref="Friendship.None"/> and a name made of the address.</summary>
    public Contact this[BareJid jid] => _list.Find(jid) ?? MakeStranger(jid);

    /// <summary>Who is blocked.</summary>
    public IReadOnlyList<BareJid> Blocked => BlockedPeople.All;

    internal BlockedPeople BlockedPeople { get; }

    /// <summary>The roster as last known; null while it is not.</summary>
    internal RosterState? Roster => _roster;

    internal Subscriptions Subscriptions => _subscriptions;

    /// <summary>Asks to become friends, with a note.</summary>
    /// <exception cref="ArgumentException">It is the user's own address.</exception>
    public Task AskAsync(BareJid jid, string? note, CancellationToken cancellationToken = default) =>
        _subscriptions.AskAsync(jid, note, cancellationToken);

    /// <summary>Takes back a request that waits.</summary>
    public Task TakeBackAsync(BareJid jid, CancellationToken cancellationToken = default) => _subscriptions.TakeBackAsync(jid, cancellationToken);

    /// <summary>Completes half a friendship: asks, approves, or both.</summary>
    public Task CompleteAsync(BareJid jid, CancellationToken cancellationToken = default) => _subscriptions.AgreeAsync(jid, cancellationToken);

    /// <summary>Deletes a friend, on both sides (RFC 6121 §2.5).</summary>
    public Task DeleteAsync(BareJid jid, CancellationToken cancellationToken = default) => _subscriptions.RemoveAsync(jid, cancellationToken);

    /// <summary>Calls somebody in the roster by a name of the user's own; null takes it away.</summary>
    public Task RenameAsync(BareJid jid, string? alias, CancellationToken cancellationToken = default) =>
        _subscriptions.RenameAsync(jid, alias, cancellationToken);

    /// <summary>Blocks (XEP-0191): neither messages nor requests nor presence any more.</summary>
    public async Task BlockAsync(BareJid jid, CancellationToken cancellationToken = default)
    {
        await BlockedPeople.BlockAsync(jid, cancellationToken).ConfigureAwait(false);
        await _context.Notices.AnsweredAsync(jid, cancellationToken).ConfigureAwait(false);
    }

    public Task UnblockAsync(BareJid jid, CancellationToken cancellationToken = default) => BlockedPeople.UnblockAsync(jid, cancellationToken);

    internal RosterItem? ItemOf(BareJid jid) => _roster?[jid];

    /// <summary>The resources of somebody who may be seen; inside a turn.</summary>
    internal IReadOnlyCollection<Resource> Resources(BareJid jid) => _presence.Of(jid);

    /// <summary>Inside a turn: something else than the roster changed about somebody (profile, last seen).</summary>
    internal void Refresh(BareJid jid)
    {
        if (ItemOf(jid) is { } item)
        {
            _list = _list.With(Make(item));
            _context.Raise(Changes.Contacts);
        }
    }

    /// <summary>Fetches the roster, which costs little when it is known already (RFC 6121 §2.6). False when the server refuses.</summary>
    internal async Task<bool> FetchAsync(CancellationToken cancellationToken)
    {
        // Without versioning the attribute means nothing (§2.6.1).
        var known = _roster;
        var version = _context.Offers(RosterNames.VersioningFeature) ? known?.Version ?? "" : null;
        Iq answer;
        try
        {
            answer = await _context.RequestAsync(IqType.Get, new Element(RosterNames.Query, ("ver", version)), cancellationToken).ConfigureAwait(false);
        }
        catch (StanzaErrorException)
        {
            return false;
        }
        using (await _context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            if (answer.Payload.Child(RosterNames.Query) is { } query)
            {
                await ReplaceAsync(RosterState.Read(query), cancellationToken).ConfigureAwait(false);
            }
            else if (_roster is null)
            {
                await ReplaceAsync(RosterState.Read(new Element(RosterNames.Query)), cancellationToken).ConfigureAwait(false);
            }
        }
        return true;
    }

    async ValueTask IClientPart.LoadAsync(CancellationToken cancellationToken)
    {
        await BlockedPeople.LoadAsync(cancellationToken).ConfigureAwait(false);
        _roster = await RosterState.LoadAsync(_context.Store, cancellationToken).ConfigureAwait(false);
        RefreshAll();
    }

    async ValueTask IClientPart.PrepareAsync(CancellationToken cancellationToken)
    {
        await FetchAsync(cancellationToken).ConfigureAwait(false);
        await BlockedPeople.FetchAsync(cancellationToken).ConfigureAwait(false);
    }

    async ValueTask IClientPart.ReadyAsync(bool resumed, CancellationToken cancellationToken)
    {
        if (!resumed)
        {
            _context.Run(_lastSeen.FetchAsync);
            foreach (var item in _roster?.Items.Values ?? [])
            {
                await _subscriptions.AskAgainAsync(item, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    async ValueTask<bool> IClientPart.ReceiveAsync(Stanza stanza, CancellationToken cancellationToken) => stanza switch
    {
        Iq { Type: IqType.Set } iq when iq.Payload.First == RosterNames.Query && _context.IsFromOwnAccount(iq) =>
            await TakePushAsync(iq, cancellationToken).ConfigureAwait(false),
        Iq iq => await BlockedPeople.TakePushAsync(iq, cancellationToken).ConfigureAwait(false),
        Presence { Defect: null, From: not null } presence => await TakeAsync(presence, cancellationToken).ConfigureAwait(false),
        _ => false,
    };

    void IClientPart.Reset()
    {
        _presence.Clear();
        _subscriptions.Reset();
        RefreshAll();
        _context.Raise(Changes.Contacts);
    }

    private async ValueTask<bool> TakePushAsync(Iq iq, CancellationToken cancellationToken)
    {
        if ((_roster ?? RosterState.Read(new Element(RosterNames.Query))).Push(iq.Payload.Elements[0]) is not { } after)
        {
            await _context.AnswerAsync(iq.ToError(new StanzaError(StanzaErrorCondition.BadRequest)), cancellationToken).ConfigureAwait(false);
            return true;
        }
        await ReplaceAsync(after, cancellationToken).ConfigureAwait(false);
        await _context.AnswerAsync(iq.ToResult(), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask ReplaceAsync(RosterState after, CancellationToken cancellationToken)
    {
        var before = _roster;
        var changed = after.Items.Values.Where(item => !item.IsSameAs(before?[item.Jid])).ToArray();
        var gone = before?.Items.Keys.Where(jid => !after.Items.ContainsKey(jid)).ToArray() ?? [];
        var batch = new StoreBatch();
        after.Save(before, batch);
        _roster = after;
        foreach (var item in changed)
        {
            // Without a subscription nothing tells when they leave (§3.2.2 wants unavailable first, but not every server sends it).
            if (!item.SeenByMe)
            {
                _presence.Forget(item.Jid);
            }
            _subscriptions.Changed(item);
        }
        foreach (var jid in gone)
        {
            _presence.Forget(jid);
        }
        // What is shown is kept, for the program may end as soon as the user has seen it: that somebody was asked, before all.
        var isNews = changed.Length + gone.Length > 0 || before is null;
        if (isNews)
        {
            await _context.Notices.RosterChangedAsync(changed, cancellationToken).ConfigureAwait(false);
        }
        await _context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        _list = _list.With(changed.Select(Make)).Without(gone);
        if (isNews)
        {
            _context.Raise(Changes.Contacts);
            _context.Profiles.Want(changed.Select(item => item.Jid));
        }
    }

    private async ValueTask<bool> TakeAsync(Presence presence, CancellationToken cancellationToken)
    {
        var jid = presence.From!.Bare;
        switch (presence.Type)
        {
            case PresenceType.Available or PresenceType.Unavailable:
                TakeAvailability(presence, jid);
                await _subscriptions.AskAgainAsync(ItemOf(jid), cancellationToken).ConfigureAwait(false);
                return false;
            case PresenceType.Subscribe:
                return await _subscriptions.TakeRequestAsync(jid, cancellationToken).ConfigureAwait(false);
            case PresenceType.Error:
                return _subscriptions.TakeError(presence);
            default:
                return false;
        }
    }

    private void TakeAvailability(Presence presence, BareJid jid)
    {
        // Whoever is no contact may send presence as well; that does not make them one.
        if (ItemOf(jid) is null && !jid.Equals(_context.Account))
        {
            return;
        }
        var wasOnline = _presence.Best(jid) is not null;
        if (!_presence.Take(presence))
        {
            return;
        }
        if (_presence.Best(jid) is { } best)
        {
            _context.Profiles.Saw(jid, best.Status);
        }
        else if (wasOnline)
        {
            _lastSeen.Left(jid);
        }
        Refresh(jid);
        if (jid.Equals(_context.Account))
        {
            _context.Raise(Changes.Self);
        }
    }

    /// <summary>Inside a turn: makes all contacts anew.</summary>
    internal void RefreshAll() => _list = ContactList.Empty.With(_roster?.Items.Values.Select(Make) ?? []);

    private Contact Make(RosterItem item)
    {
        var best = item.SeenByMe ? _presence.Best(item.Jid) : null;
        var profile = _context.Profiles.Known(item.Jid);
        var alias = CleanText.Name(item.Name);
        return new Contact(item.Jid)
        {
            Friendship = Friendships.Of(item.State),
            Alias = alias,
            Name = alias ?? profile?.Name ?? AddressName(item.Jid),
            Availability = best?.Availability ?? Availability.Offline,
            Signature = best?.Status ?? profile?.Signature,
            LastSeen = best is null && item.SeenByMe ? _lastSeen.Of(item.Jid) : null,
            PictureHash = profile?.PictureHash,
            IsBlocked = BlockedPeople.Covers(item.Jid),
        };
    }

    private Contact MakeStranger(BareJid jid)
    {
        var profile = _context.Profiles.Known(jid);
        return new Contact(jid)
        {
            Name = profile?.Name ?? AddressName(jid),
            Signature = profile?.Signature,
            PictureHash = profile?.PictureHash,
            IsBlocked = BlockedPeople.Covers(jid),
        };
    }

    private static string AddressName(BareJid jid) => jid.Localpart ?? jid.Domainpart;
}
