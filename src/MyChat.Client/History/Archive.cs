using System.Globalization;
using System.Security.Cryptography;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.History;

/// <summary>The account's archive on the server (XEP-0313): asks for pages. Nothing here changes state.</summary>
internal sealed class Archive(ClientContext context)
{
    /// <summary>A server that has too much to do (RFC 6120 §8.3.2, wait) is asked so often.</summary>
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Whether the server has one, and gives messages the ids by which they are known in it (XEP-0359).</summary>
    public bool IsThere => context.ServerHas(MessageArchive.Ns) && context.ServerHas(StanzaIds.Ns);

    /// <exception cref="StanzaErrorException">The archive refuses: <c>item-not-found</c> when it does not know the id.</exception>
    /// <exception cref="MalformedAnswerException">What came is no whole page.</exception>
    /// <exception cref="XmppException">The connection is lost.</exception>
    public async Task<ArchivePage> AskAsync(ArchiveQuery query, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskOnceAsync(query, cancellationToken).ConfigureAwait(false);
            }
            catch (StanzaErrorException busy) when (busy.Error.Type == StanzaErrorType.Wait && attempt < Attempts)
            {
                await Task.Delay(Pause, context.Options.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ArchivePage> AskOnceAsync(ArchiveQuery query, CancellationToken cancellationToken)
    {
        var connection = context.Connection ?? throw new XmppException("There is no connection.");
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var results = new List<Element>();
        // Results come before the answer (§4.2), each as a message; they must not wait behind others for their turn.
        using var collecting = connection.Collect(message =>
        {
            var result = ResultOf(message, id);
            if (result is not null)
            {
                results.Add(result);
            }
            return result is not null;
        });
        var request = new Iq { Type = IqType.Set, Payload = new Payload(Make(query, id)) };
        var fin = (await connection.RequestAsync(request, cancellationToken).ConfigureAwait(false)).Payload.Child(MessageArchive.Fin)
            ?? throw new MalformedAnswerException("The archive answered with something else.");
        return Read(results, fin);
    }

    /// <summary>What asks the archive for fields that a query may have (§4.1.5).</summary>
    public async Task<IReadOnlyList<string>> AskFieldsAsync(CancellationToken cancellationToken)
    {
        var answer = await context.RequestAsync(IqType.Get, new Element(MessageArchive.Query), cancellationToken).ConfigureAwait(false);
        var form = answer.Payload.Child(MessageArchive.Query)?.Child(DataForms.Form);
        return [.. form?.Children(DataForms.Field).Select(field => field["var"]).OfType<string>() ?? []];
    }

    // Results of anybody but one's own account are nothing (§9): whoever guesses the id could else write history.
    private Element? ResultOf(Message message, string id) =>
        message.Payload.Mentions("urn:xmpp:mam:2"u8) && context.IsFromOwnAccount(message)
        && message.Payload.Child(MessageArchive.Result) is { } result && result["queryid"] == id ? result : null;

    private static Element Make(ArchiveQuery query, string id) => new(
        MessageArchive.Query,
        ("queryid", id),
        DataForms.Make(
            "submit",
            MessageArchive.Ns,
            instructions: null,
            [
                .. query.With is { } with ? [DataForms.MakeField("with", values: $"{with}")] : Array.Empty<Element>(),
                .. query.Text is { } text ? [DataForms.MakeField(FullTextSearch.Field, values: text)] : Array.Empty<Element>(),
            ]),
        new Element(
            ResultSets.Set,
            new Element(ResultSets.Max, query.Max.ToString(CultureInfo.InvariantCulture)),
            query.After is { } after ? new Element(ResultSets.After, after) : null,
            query.Before is { } before ? new Element(ResultSets.Before, before) : null));

    private ArchivePage Read(List<Element> results, Element fin)
    {
        var messages = new List<ArchivedMessage>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var result in results)
        {
            if (result["id"] is { Length: > 0 } id && seen.Add(id))
            {
                messages.Add(new ArchivedMessage(id, Envelope.OpenArchived(result, id, context.Account)));
            }
        }
        var set = fin.Child(ResultSets.Set);
        var page = new ArchivePage(messages, fin["complete"] is "true" or "1");
        // XEP-0059 §2.6: it says which the first and the last are. A page that lacks one of them would make a gap that nobody knows of.
        return Fits(set?.Child(ResultSets.First)?.Text, page.FirstId) && Fits(set?.Child(ResultSets.Last)?.Text, page.LastId)
            ? page
            : throw new MalformedAnswerException("A page of the archive came in pieces.");
    }

    private static bool Fits(string? told, string? found) => told is null || told == found;
}
