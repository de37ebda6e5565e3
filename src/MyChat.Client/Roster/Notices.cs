using MyChat.Client.Connections;
using MyChat.Client.Profiles;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

public enum NoticeKind
{
    /// <summary>They want to be friends: agree, refuse or block.</summary>
    Request,
    /// <summary>They agreed to the user's request.</summary>
    Agreed,
    /// <summary>They refused it.</summary>
    Refused,
    /// <summary>They ended the friendship.</summary>
    Deleted,
}

/// <summary>Something that waits for the user until it is answered or dismissed. The same on all devices: kept on the account (XEP-0049).</summary>
/// <param name="Id">Stable; the same on every device.</param>
/// <param name="At">When this account's clients first knew.</param>
/// <param name="Note">The words that came with a request.</param>
public sealed record Notice(string Id, NoticeKind Kind, BareJid Jid, DateTimeOffset At, string? Note)
{
    /// <summary>Whether the user has seen it (it then counts no more, but stays).</summary>
    public bool IsSeen { get; init; }

    /// <summary>What to call them.</summary>
    public required string Name { get; init; }
    public string? PictureHash { get; init; }
}

/// <summary>
/// The verification inbox. Notices come from the difference between the roster and the roster last seen (kept on the account), not from stanzas
/// alone, so that what happened while the user was away is told, once, on whatever device comes first.
/// </summary>
public sealed class Notices : IClientPart
{
    private const string Key = "notices";
    private readonly ClientContext _context;
    private readonly NoticeSync _sync;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private volatile NoticeBook _book = NoticeBook.Empty;

    internal Notices(ClientContext context)
    {
        _context = context;
        _sync = new NoticeSync(context, this);
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Notice> All => [.. Shown().OrderByDescending(notice => notice.At).ThenBy(notice => notice.Id, StringComparer.Ordinal)];

    /// <summary>How many are not seen: the badge.</summary>
    public int UnseenCount => Shown().Count(notice => !notice.IsSeen);

    /// <summary>Raised once for a notice that is new on this device and not yet seen anywhere.</summary>
    public event Action<Notice>? Arrived;

    /// <summary>What is known; changed inside turns.</summary>
    internal NoticeBook Book => _book;

    /// <summary>Whether the account knows all that this device does, as far as it can.</summary>
    internal bool IsSettled => _sync.IsIdle;

    /// <summary>The user looks at the inbox: all are seen.</summary>
    public Task MarkSeenAsync(CancellationToken cancellationToken = default) => ChangeAsync(book => book.MarkSeen(), cancellationToken);

    /// <summary>Agrees to a request: <c>subscribed</c>, and <c>subscribe</c> back.</summary>
    /// <exception cref="XmppException">There is no connection.</exception>
    public async Task AgreeAsync(BareJid jid, CancellationToken cancellationToken = default)
    {
        await _context.Contacts.Subscriptions.AgreeAsync(jid, cancellationToken).ConfigureAwait(false);
        await AnsweredAsync(jid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses a request.</summary>
    /// <exception cref="XmppException">There is no connection.</exception>
    public async Task RefuseAsync(BareJid jid, CancellationToken cancellationToken = default)
    {
        await _context.Contacts.Subscriptions.RefuseAsync(jid, cancellationToken).ConfigureAwait(false);
        await AnsweredAsync(jid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a notice away, on all devices. A request that is dismissed stays unanswered.</summary>
    public Task DismissAsync(string id, CancellationToken cancellationToken = default) => ChangeAsync(
        book => Shown(book).FirstOrDefault(notice => notice.Id == id) is { } notice ? book.Dismiss(notice.Jid, notice.Kind == NoticeKind.Request) : book,
        cancellationToken);

    /// <summary>Whether somebody waits for an answer of the user.</summary>
    internal bool HasRequest(BareJid jid) => _book[jid].Request is { State: not RequestState.Closed };

    /// <summary>Whether the user asked somebody, who by now may have agreed and so will ask back.</summary>
    internal bool Expects(BareJid jid) => _book[jid].Link is { State: LinkState.Asked or LinkState.Agreed };

    /// <summary>The user did something that answers whatever waited.</summary>
    internal Task AnsweredAsync(BareJid jid, CancellationToken cancellationToken) => ChangeAsync(
        book =>
        {
            _sync.ForgetRequest(jid);
            return book.Answered(jid);
        },
        cancellationToken);

    /// <summary>Inside a turn: the roster has changed. That the user asked is noted at once: the answer may come before the account was looked at.</summary>
    internal async ValueTask RosterChangedAsync(IEnumerable<RosterItem> changed, CancellationToken cancellationToken)
    {
        await SetAsync(changed.Where(item => item.IsAsked).Aggregate(_book, (book, item) => book.Asked(item, Now)), cancellationToken).ConfigureAwait(false);
        _sync.Want();
    }

    /// <summary>The user looks again: other devices may have changed something.</summary>
    internal void LookAgain() => _sync.Want();

    /// <summary>Inside a turn: replaces what is known.</summary>
    internal async ValueTask SetAsync(NoticeBook book, CancellationToken cancellationToken)
    {
        var before = NoticeDocument.Write(_book, _context.Account).ToString();
        var after = NoticeDocument.Write(book, _context.Account).ToString();
        _book = book;
        if (before == after)
        {
            return;
        }
        await _context.CommitAsync(new StoreBatch { Documents = { [Key] = after } }, cancellationToken).ConfigureAwait(false);
        _context.Profiles.Want(Shown().Select(notice => notice.Jid));
        _context.Raise(Changes.Notices);
    }

    /// <summary>Inside a turn: tells of those that are new here.</summary>
    internal void Announce()
    {
        foreach (var notice in Shown().Where(notice => _known.Add(notice.Id) && !notice.IsSeen).OrderBy(notice => notice.At))
        {
            _context.Raise(() => Arrived?.Invoke(notice));
        }
    }

    async ValueTask IClientPart.LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await _context.Store.ReadDocumentsAsync(Key, cancellationToken).ConfigureAwait(false);
        if (documents.TryGetValue(Key, out var document))
        {
            _book = NoticeDocument.Read(Parse(document), _context.Account);
            _known.UnionWith(Shown().Select(notice => notice.Id));
        }
    }

    // Before presence, so that requests that come then are told from those that are answered.
    ValueTask IClientPart.PrepareAsync(CancellationToken cancellationToken) => _sync.ReadFirstAsync(cancellationToken);

    ValueTask IClientPart.ReadyAsync(bool resumed, CancellationToken cancellationToken)
    {
        _sync.Begin();
        return default;
    }

    async ValueTask<bool> IClientPart.ReceiveAsync(Stanza stanza, CancellationToken cancellationToken)
    {
        if (stanza is not Presence { Defect: null, From: { } from } presence || !presence.Type.IsSubscription())
        {
            return false;
        }
        var jid = from.Bare;
        if (presence.Type == PresenceType.Subscribe && !jid.Equals(_context.Account))
        {
            _sync.Heard(jid, _book[jid].Request);
            await SetAsync(_book.Request(jid, CleanText.Note(presence.Payload.Child(XNames.Status)?.Text), Now), cancellationToken).ConfigureAwait(false);
            _sync.Want();
        }
        else if (presence.Type == PresenceType.Unsubscribe)
        {
            _sync.ForgetRequest(jid);
            await SetAsync(_book.CloseRequest(jid), cancellationToken).ConfigureAwait(false);
            _sync.Want();
        }
        return true;
    }

    void IClientPart.Reset() => _sync.Reset();

    /// <summary>Now, as exactly as it is written.</summary>
    internal DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(_context.Now.ToUnixTimeSeconds());

    private async Task ChangeAsync(Func<NoticeBook, NoticeBook> change, CancellationToken cancellationToken)
    {
        using (await _context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            await SetAsync(change(_book), cancellationToken).ConfigureAwait(false);
            _sync.Want();
        }
    }

    private IEnumerable<Notice> Shown() => Shown(_book);

    private IEnumerable<Notice> Shown(NoticeBook book)
    {
        foreach (var (jid, marks) in book.Marks)
        {
            if (marks.Link is { Kind: { } kind, IsDismissed: false } link)
            {
                yield return Make(kind, jid, link.Number, link.At, null, link.IsSeen);
            }
            if (marks.Request is { State: RequestState.Open } request && !_context.Contacts.BlockedPeople.Covers(jid))
            {
                yield return Make(NoticeKind.Request, jid, request.Number, request.At, request.Note, request.IsSeen);
            }
        }
    }

    private Notice Make(NoticeKind kind, BareJid jid, int number, DateTimeOffset at, string? note, bool isSeen)
    {
        var contact = _context.Contacts[jid];
        return new Notice($"{kind}-{number}-{jid}", kind, jid, at, note) { IsSeen = isSeen, Name = contact.Name, PictureHash = contact.PictureHash };
    }

    private static Element? Parse(string document)
    {
        try
        {
            return Element.Parse(document, defaultNs: "");
        }
        catch (XmlStreamException)
        {
            return null;
        }
    }
}
