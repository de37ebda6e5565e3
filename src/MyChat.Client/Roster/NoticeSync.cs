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
/// roster (which is so at least as new as what the book was made from), merge, look, write what is more. Where the server keeps nothing, the
/// device goes by itself.
/// </summary>
internal sealed class NoticeSync(ClientContext context, Notices notices)
{
    // Far below what servers take in one stanza (RFC 6120 §13.12 asks for 10,000 bytes; ours takes 256 KB).
    private const int MostBytes = 128 * 1024;

    private readonly HashSet<BareJid> _heard = [];
    private readonly Dictionary<BareJid, int> _again = [];
    private int _state;
    private bool _isKept = true;
    private bool _isFresh;

    /// <summary>Wants it done soon; several wishes are one.</summary>
    public void Want()
    {
        const int Again = 2;
        if (context.IsConnected && Interlocked.Exchange(ref _state, Again) == 0)
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

    public void Reset()
    {
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
            catch (Exception failure) when (failure is XmppException or TimeoutException)
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
        var hasRoster = await context.Contacts.FetchAsync(cancellationToken).ConfigureAwait(false);
        var mayClose = _isFresh && await DrainAsync(cancellationToken).ConfigureAwait(false);
        NoticeBook book;
        BareJid[] refused = [];
        using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            book = Repeat(notices.Book.Merge(kept ?? NoticeBook.Empty));
            if (mayClose)
            {
                book = CloseUnheard(book);
                _isFresh = false;
            }
            if (hasRoster && context.Contacts.Roster is { } roster)
            {
                var seen = book.Observe(roster, notices.Now);
                refused = [.. seen.Marks.Where(mark => IsGhost(book[mark.Key].Link, mark.Value.Link, roster[mark.Key])).Select(mark => mark.Key)];
                book = seen;
            }
            await notices.SetAsync(book, cancellationToken).ConfigureAwait(false);
        }
        if (kept is not null && await WriteAsync(kept, book, cancellationToken).ConfigureAwait(false))
        {
            foreach (var jid in refused)
            {
                await context.Contacts.Subscriptions.RemoveAsync(jid, cancellationToken).ConfigureAwait(false);
            }
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

    /// <summary>False when it could not be kept.</summary>
    private async Task<bool> WriteAsync(NoticeBook kept, NoticeBook book, CancellationToken cancellationToken)
    {
        var document = NoticeDocument.Write(book, context.Account);
        var text = document.ToString();
        if (text == NoticeDocument.Write(kept, context.Account).ToString())
        {
            return true;
        }
        try
        {
            if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
            {
                await context.RequestAsync(IqType.Set, new Element(PrivateXml.Query, document), cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
        catch (StanzaErrorException)
        {
            // Too much for the server as well.
        }
        _isKept = false;
        return false;
    }

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
        _again.Clear();
        return book;
    }
}
