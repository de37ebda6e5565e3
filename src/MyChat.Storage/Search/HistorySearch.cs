using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Search;

namespace MyChat.Storage.Search;

/// <summary>A page of what was found.</summary>
/// <param name="Entries">Ascending.</param>
/// <param name="IsComplete">Whether nothing else matches in the direction of the search; when it is not, more may be found, or not.</param>
internal sealed record SearchPage(IReadOnlyList<MailboxEntry> Entries, bool IsComplete);

/// <summary>Searches in the histories of accounts.</summary>
internal sealed class HistorySearch(Database database, SearchDemand demand) : IDisposable
{
    /// <summary>How many entries are looked at in vain before a search is given up.</summary>
    public const int MostLooks = 20_000;

    /// <summary>A search may take a processor for some time: messages are to have another.</summary>
    private const int AtOnce = 2;

    /// <summary>Merges that may come between: more in a row there cannot be.</summary>
    private const int MostTries = 10;

    private readonly SemaphoreSlim places = new(AtOnce);

    /// <exception cref="SearchTooBroadException">See there.</exception>
    public async ValueTask<SearchPage> QueryAsync(long account, SearchRequest request, CancellationToken cancellation)
    {
        var query = SearchQuery.Parse(request.Text);
        if (query.IsEmpty)
        {
            return new SearchPage([], IsComplete: true);
        }
        var run = new SearchRun(database, account, request, query);
        await places.WaitAsync(cancellation);
        try
        {
            for (var tries = 0; !await run.TryFinishAsync(cancellation); tries++)
            {
                if (tries == MostTries)
                {
                    throw new InvalidDataException($"Parts of the index for searching are missing for account {account}: have it made anew.");
                }
            }
            return run.Page();
        }
        finally
        {
            if (run.ReadWithoutIndex > AccountIndexer.SmallSegment)
            {
                demand.Add(account);
            }
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
