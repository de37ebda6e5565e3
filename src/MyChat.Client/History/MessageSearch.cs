using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.History;

/// <summary>A message that was found; it need not be on this device.</summary>
public sealed record FoundMessage(BareJid Contact, bool IsMine, string Body, DateTimeOffset Time)
{
    /// <summary>Stable and unique in a search.</summary>
    public string Key => Message?.Key ?? Archived!.Id;

    internal ChatMessage? Message { get; init; }
    internal ArchivedMessage? Archived { get; init; }
}

/// <summary>Some of what was found, newest first.</summary>
/// <param name="OnlyHere">Only this device was searched: the server cannot be asked now, or cannot search.</param>
public sealed record FoundPage(IReadOnlyList<FoundMessage> Messages, bool HasMore, bool OnlyHere)
{
    internal string? Before { get; init; }
    internal long BeforeOrder { get; init; } = long.MaxValue;
}

/// <summary>Searches messages: in the server's archive where it can (XEP-0431), else on this device.</summary>
public sealed class MessageSearch
{
    public const int PageItems = 20;

    private readonly ClientContext _context;
    private XmppConnection? _asked;
    private bool _canSearch;

    internal MessageSearch(ClientContext context) => _context = context;

    /// <param name="contact">Only the conversation with this one.</param>
    /// <param name="after">The page before, to go on.</param>
    public async Task<FoundPage> SearchAsync(string text, BareJid? contact, FoundPage? after = null, CancellationToken cancellationToken = default)
    {
        var words = SearchText.Words(text);
        if (words.Count == 0)
        {
            return new FoundPage([], HasMore: false, OnlyHere: false);
        }
        if (after is null or { OnlyHere: false })
        {
            try
            {
                if (await CanServerAsync(cancellationToken).ConfigureAwait(false))
                {
                    return await AskAsync(string.Join(' ', words), contact, after, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (XmppException)
            {
                // What is here can still be searched.
            }
        }
        return await LookAsync(string.Join(' ', words), contact, after, cancellationToken).ConfigureAwait(false);
    }

    private Archive Archive => _context.Conversations.CatchUp.Archive;

    private async Task<bool> CanServerAsync(CancellationToken cancellationToken)
    {
        if (_context.Connection is not { } connection || !Archive.IsThere)
        {
            return false;
        }
        if (_asked != connection)
        {
            _canSearch = (await Archive.AskFieldsAsync(cancellationToken).ConfigureAwait(false)).Contains(FullTextSearch.Field);
            _asked = connection;
        }
        return _canSearch;
    }

    private async Task<FoundPage> AskAsync(string text, BareJid? contact, FoundPage? after, CancellationToken cancellationToken)
    {
        var query = new ArchiveQuery { With = contact, Before = after?.Before ?? "", Max = PageItems, Text = text };
        var page = await Archive.AskAsync(query, cancellationToken).ConfigureAwait(false);
        var found = page.Messages.Select(Found).OfType<FoundMessage>().Reverse();
        return new FoundPage([.. found], HasMore: !page.IsComplete && page.FirstId is not null, OnlyHere: false) { Before = page.FirstId };
    }

    private static FoundMessage? Found(ArchivedMessage message) =>
        message.Envelope is { } envelope && envelope.Message.Payload.Child(XNames.Body)?.Text is { Length: > 0 } body
            ? new FoundMessage(envelope.Contact, envelope.IsMine, body, envelope.Sent!.Value) { Archived = message }
            : null;

    private async Task<FoundPage> LookAsync(string text, BareJid? contact, FoundPage? after, CancellationToken cancellationToken)
    {
        var before = after is { OnlyHere: true } ? after.BeforeOrder : long.MaxValue;
        var found = await _context.SearchAsync(text, contact, before, PageItems, cancellationToken).ConfigureAwait(false);
        return new FoundPage(
            [.. found.Where(message => !Orders.IsWaiting(message.Order))
                .Select(message => new FoundMessage(message.Contact, message.IsMine, message.Body, message.Time) { Message = message })],
            HasMore: found.Count >= PageItems, OnlyHere: true)
        {
            BeforeOrder = found.Count > 0 ? found[^1].Order : before,
        };
    }
}
