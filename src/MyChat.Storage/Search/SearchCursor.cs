using LinqToDB;
using LinqToDB.Async;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Search;

/// <summary>Up to where the indexer has read the log of all mailboxes.</summary>
internal sealed class SearchCursor(Database database)
{
    private const string Name = "search.cursor";

    public ValueTask<long> ReadAsync(CancellationToken cancellation) => database.ReadAsync(
        db => db.GetTable<MetaRow>().Where(row => row.Name == Name).Select(row => row.Value).FirstOrDefaultAsync(cancellation), cancellation);

    public Task SaveAsync(long id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return database.Writer.WriteAsync(session => session.Db.InsertOrReplace(new MetaRow { Name = Name, Value = id }), needsMailboxes: false);
    }
}
