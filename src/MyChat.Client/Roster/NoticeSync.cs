using System.Text;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>
/// Keeps the book of notices the same on all devices, by private XML (XEP-0049), which knows neither pushes nor conditions: read it, then the
/// roster (which is so at least as new as what the book was made from), merge, look, exchange; once more when another device came between. Where
/// the server keeps nothing, the device goes by itself.
/// </summary>
internal sealed class NoticeSync(ClientContext context, Notices notices)
{
    // Far below what servers take in one stanza (RFC 6120 §13.12 asks for 10,000 bytes; ours takes 256 KB).
    private const int MostBytes = 128 * 1024;
    private const int MostAttempts = 5;

    private readonly HashSet<BareJid> _heard = [];
    private readonly Dictionary<BareJid, int> _again = [];
    private int _state;
    private bool _isKept = true;
    private bool _isFresh;

    /// <summary>Whether presence was sent: before, the server has not said what waits.</summary>
    private volatile bool _isReady;

    public bool IsIdle => Volatile.Read(ref _state) == 0;

    /// <summary>Wants it done soon; several wishes are one.</summary>
    public void Want()
    {
        const int Again = 2;
        if (_isReady && context.IsConnected && Interlocked.Exchange(ref _state, Again) == 0)
        {
            context.Run(WorkAsync);
        }
    }

    /// <summary>Inside a turn: a request came in this stream.</summary>
    /// <param name="before">What the book knew of it.</param>
    public void Heard(BareJid jid, RequestMark? before)
    {
        // A server tells of a request once (RFC 6121 §3.1.3): the one that is known has ended then, by another device's answer perhaps.
        if (!_heard.Add(jid) && before is { State: not RequestState.Closed })
        {
            _again[jid] = before.Number;
        }
    }

    /// <summary>Inside a turn: the request is answered or taken back.</summary>
    public void ForgetRequest(BareJid jid)
    {
        _heard.Remove(jid);
        _again.Remove(jid);
    }

    /// <summary>Presence was sent on a new stream, or the stream was resumed.</summary>
    public void Begin()
    {
        _isReady = true;
        Want();
    }

    public void Reset()
    {
        _isReady = false;
        _heard.Clear();
        _again.Clear();
    }

    /// <summary>On a new stream.</summary>
    public async ValueTask ReadFirstAsync(CancellationToken cancellationToken)
    {
        (_isKept, _isFresh) = (true, true);
        if (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } kept)
        {
            using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                await notices.SetAsync(notices.Book.Merge(kept), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        const int Working = 1;
        do
        {
            Volatile.Write(ref _state, Working);
            try
            {
                await SyncAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (XmppException)
            {
                // Without a connection; the next one begins with this.
            }
            catch
            {
                Volatile.Write(ref _state, 0);
                throw;
            }
            using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                notices.Announce();
            }
        }
        while (Interlocked.CompareExchange(ref _state, 0, Working) != Working);
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        var kept = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var expected = kept;
        for (var attempt = 1; ; attempt++)
        {
            var (book, refused) = await LookAsync(kept, cancellationToken).ConfigureAwait(false);
            var before = await ExchangeAsync(expected, book, cancellationToken).ConfigureAwait(false);
            // Only what follows from the newest book is believed: made from an older one, a turn would get two numbers.
            if (before is null || AreSame(before, expected) || attempt == MostAttempts)
            {
                await AcceptAsync(book, cancellationToken).ConfigureAwait(false);
                await RemoveGhostsAsync(refused, cancellationToken).ConfigureAwait(false);
                return;
            }
            (kept, expected) = (before, book);
        }
    }

    /// <summary>What there is to know now, and whom the roster should not hold any more.</summary>
    private async Task<(NoticeBook Book, BareJid[] Refused)> LookAsync(NoticeBook? kept, CancellationToken cancellationToken)
    {
        var hasRoster = await context.Contacts.FetchAsync(cancellationToken).ConfigureAwait(false);
        var mayClose = _isFresh && await DrainAsync(cancellationToken).ConfigureAwait(false);
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        var book = Repeat(notices.Book.Merge(kept ?? NoticeBook.Empty));
        book = mayClose ? CloseUnheard(book) : book;
        if (!hasRoster || context.Contacts.Roster is not { } roster)
        {
            return (book, []);
        }
        var seen = book.Observe(roster, notices.Now);
        return (seen, [.. seen.Marks.Where(mark => IsGhost(book[mark.Key].Link, mark.Value.Link, roster[mark.Key])).Select(mark => mark.Key)]);
    }

    private async Task AcceptAsync(NoticeBook book, CancellationToken cancellationToken)
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        _isFresh = false;
        _again.Clear();
        await notices.SetAsync(notices.Book.Merge(book), cancellationToken).ConfigureAwait(false);
    }

    private async Task RemoveGhostsAsync(BareJid[] refused, CancellationToken cancellationToken)
    {
        // Where nothing is kept on the account, the user's other devices still have to see it in the roster.
        foreach (var jid in _isKept ? refused : [])
        {
            await context.Contacts.Subscriptions.RemoveAsync(jid, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Somebody who has just refused, of whom the roster holds nothing but the name: they would stay in other clients' lists for ever.</summary>
    private static bool IsGhost(LinkMark? before, LinkMark? after, RosterItem? item) =>
        after is { Kind: NoticeKind.Refused } && before?.Number != after.Number && item is { SeesMe: false, SeenByMe: false, IsAsked: false };

    /// <summary>What is kept on the account; null when it keeps nothing.</summary>
    private async Task<NoticeBook?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_isKept)
        {
            return null;
        }
        try
        {
            var query = new Element(PrivateXml.Query, new Element(NoticeDocument.Root));
            var answer = await context.RequestAsync(IqType.Get, query, cancellationToken).ConfigureAwait(false);
            return NoticeDocument.Read(answer.Payload.Child(PrivateXml.Query)?.Child(NoticeDocument.Root), context.Account);
        }
        catch (StanzaErrorException)
        {
            _isKept = false;
            return null;
        }
    }

    /// <summary>
    /// Writes, and says what stood there before: question and order go out together, so that hardly anything comes between them, and what they
    /// overwrite is not lost. Null when nothing is kept.
    /// </summary>
    private async Task<NoticeBook?> ExchangeAsync(NoticeBook? expected, NoticeBook book, CancellationToken cancellationToken)
    {
        if (expected is null || AreSame(expected, book))
        {
            return expected;
        }
        var document = NoticeDocument.Write(book, context.Account);
        if (Encoding.UTF8.GetByteCount(document.ToString()) > MostBytes)
        {
            _isKept = false;
            return null;
        }
        try
        {
            var before = ReadAsync(cancellationToken);
            await context.RequestAsync(IqType.Set, new Element(PrivateXml.Query, document), cancellationToken).ConfigureAwait(false);
            return await before.ConfigureAwait(false);
        }
        catch (StanzaErrorException)
        {
            // Too much for the server.
            _isKept = false;
            return null;
        }
    }

    private bool AreSame(NoticeBook one, NoticeBook? other) =>
        other is not null && NoticeDocument.Write(one, context.Account).ToString() == NoticeDocument.Write(other, context.Account).ToString();

    /// <summary>
    /// Waits until all that the server sent so far is dealt with: an answer overtakes what waits to be received, but a question to oneself
    /// stands in line. False where the server does not let one ask oneself.
    /// </summary>
    private async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        if (context.Jid is not { } self || !notices.Book.Marks.Values.Any(marks => marks.Request is { State: not RequestState.Closed }))
        {
            return true;
        }
        try
        {
            var ping = new Iq { Type = IqType.Get, To = self, Payload = new Payload(new Element(Ping.Query)) };
            await context.RequestAsync(ping, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StanzaErrorException)
        {
            _isFresh = false;
            return false;
        }
    }

    /// <summary>A server repeats at each log-in what waits for an answer (RFC 6121 §3.1.3): what did not come is answered or taken back.</summary>
    private NoticeBook CloseUnheard(NoticeBook book)
    {
        var unheard = book.Marks.Where(mark => mark.Value.Request is { State: not RequestState.Closed } && !_heard.Contains(mark.Key));
        return unheard.Aggregate(book, (before, mark) => before.CloseRequest(mark.Key));
    }

    private NoticeBook Repeat(NoticeBook book)
    {
        foreach (var (jid, number) in _again)
        {
            if (book[jid].Request is { State: RequestState.Closed } closed && closed.Number == number)
            {
                book = book.Request(jid, null, notices.Now);
            }
        }
        return book;
    }
}
