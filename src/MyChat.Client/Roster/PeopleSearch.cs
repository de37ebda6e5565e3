using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>Somebody who was found.</summary>
public sealed record FoundPerson(BareJid Jid, string Name, Friendship Friendship, bool IsSelf)
{
    public string? PictureHash { get; init; }
}

/// <summary>Finds people by part of a name or address (XEP-0055).</summary>
public sealed class PeopleSearch : IClientPart
{
    private const int MostServices = 20;
    private readonly ClientContext _context;
    private volatile Jid? _service;
    private volatile Element? _fields;
    private volatile bool _isKnown;

    internal PeopleSearch(ClientContext context) => _context = context;

    /// <summary>Whether the server can search, as far as is known. Without it one adds friends by their address. <see cref="Changes.Self"/> tells.</summary>
    public bool IsOffered => _service is not null || !_isKnown;

    /// <summary>The server's limit may leave some out.</summary>
    /// <exception cref="StanzaErrorException">The server refuses: <c>not-acceptable</c>, the text is too short.</exception>
    /// <exception cref="XmppException">There is no connection, or no service that searches.</exception>
    public async Task<IReadOnlyList<FoundPerson>> FindAsync(string text, CancellationToken cancellationToken = default)
    {
        var service = _service ?? await FindServiceAsync(cancellationToken).ConfigureAwait(false) ?? throw new XmppException("The server offers no search.");
        _fields ??= (await AskAsync(service, IqType.Get, new Element(JabberSearch.Query), cancellationToken).ConfigureAwait(false)).Payload.Child(JabberSearch.Query);
        var found = new List<FoundPerson>();
        foreach (var question in SearchForm.Ask(_fields ?? new Element(JabberSearch.Query), text.Trim()))
        {
            var answer = await AskAsync(service, IqType.Set, question, cancellationToken).ConfigureAwait(false);
            found.AddRange(SearchForm.Read(answer.Payload.Child(JabberSearch.Query) ?? question).Select(person => Make(person.Jid, person.Name)));
        }
        return [.. found.DistinctBy(person => person.Jid)];
    }

    ValueTask IClientPart.LoadAsync(CancellationToken cancellationToken) => default;

    ValueTask IClientPart.PrepareAsync(CancellationToken cancellationToken) => default;

    ValueTask IClientPart.ReadyAsync(bool resumed, CancellationToken cancellationToken)
    {
        if (!resumed || _service is null)
        {
            _context.Run(LookForServiceAsync);
        }
        return default;
    }

    ValueTask<bool> IClientPart.ReceiveAsync(Stanza stanza, CancellationToken cancellationToken) => new(false);

    void IClientPart.Reset() => (_service, _fields, _isKnown) = (null, null, false);

    private FoundPerson Make(BareJid jid, string name)
    {
        var contact = _context.Contacts[jid];
        return new FoundPerson(jid, name, contact.Friendship, jid.Equals(_context.Account)) { PictureHash = contact.PictureHash };
    }

    private async Task LookForServiceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FindServiceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (XmppException)
        {
            // It stays unknown; whoever searches looks again.
        }
    }

    private async Task<Jid?> FindServiceAsync(CancellationToken cancellationToken)
    {
        (_service, _isKnown) = (await AskForServiceAsync(cancellationToken).ConfigureAwait(false), true);
        _context.Raise(Changes.Self);
        return _service;
    }

    private async Task<Jid?> AskForServiceAsync(CancellationToken cancellationToken)
    {
        var domain = _context.Account.Domain;
        if (await HasSearchAsync(domain, cancellationToken).ConfigureAwait(false))
        {
            return domain;
        }
        foreach (var item in await AskForItemsAsync(domain, cancellationToken).ConfigureAwait(false))
        {
            if (Jid.TryParse(item["jid"], out var jid) && await HasSearchAsync(jid, cancellationToken).ConfigureAwait(false))
            {
                return jid;
            }
        }
        return null;
    }

    private async Task<IEnumerable<Element>> AskForItemsAsync(Jid domain, CancellationToken cancellationToken)
    {
        try
        {
            var items = await AskAsync(domain, IqType.Get, new Element(Disco.Items), cancellationToken).ConfigureAwait(false);
            return items.Payload.Child(Disco.Items)?.Children(Disco.Item).Take(MostServices) ?? [];
        }
        catch (StanzaErrorException)
        {
            return [];
        }
    }

    private async Task<bool> HasSearchAsync(Jid jid, CancellationToken cancellationToken)
    {
        try
        {
            var info = await AskAsync(jid, IqType.Get, new Element(Disco.Info), cancellationToken).ConfigureAwait(false);
            return info.Payload.Child(Disco.Info)?.Children(Disco.Feature).Any(feature => feature["var"] == JabberSearch.Ns) == true;
        }
        catch (Exception failure) when (failure is StanzaErrorException or NoAnswerException)
        {
            return false; // a service that is down keeps nobody from the others
        }
    }

    private Task<Iq> AskAsync(Jid to, IqType type, Element payload, CancellationToken cancellationToken) =>
        _context.RequestAsync(new Iq { Type = type, To = to, Payload = new Payload(payload) }, cancellationToken);
}
