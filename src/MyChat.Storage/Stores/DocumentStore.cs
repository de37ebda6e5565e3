using LinqToDB;
using LinqToDB.Async;
using MyChat.Server.Accounts;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Stores;

internal sealed class DocumentStore(Database database) : IDocumentStore
{
    public ValueTask<byte[]?> GetAsync(long account, string kind, string key, CancellationToken cancellation) => database.ReadAsync(
        db => db.GetTable<DocumentRow>()
            .Where(row => row.Account == account && row.Kind == kind && row.Name == key)
            .Select(row => (byte[]?)row.Content)
            .FirstOrDefaultAsync(cancellation),
        cancellation);

    public async ValueTask SetAsync(long account, string kind, string key, byte[]? content, CancellationToken cancellation) =>
        await database.WriteAsync(account, db => content is null
            ? db.GetTable<DocumentRow>().Delete(row => row.Account == account && row.Kind == kind && row.Name == key)
            : db.InsertOrReplace(new DocumentRow { Account = account, Kind = kind, Name = key, Content = content }),
            cancellation, content?.Length ?? 0);

    public ValueTask<(int Count, long Bytes)> MeasureAsync(long account, string kind, CancellationToken cancellation) => database.ReadAsync(
        async db =>
        {
            var sizes = db.GetTable<DocumentRow>().Where(row => row.Account == account && row.Kind == kind).Select(row => row.Content.Length);
            var measured = await sizes.GroupBy(_ => 1)
                .Select(all => new { Count = all.Count(), Bytes = all.Sum(size => (long)size) })
                .FirstOrDefaultAsync(cancellation);
            return measured is null ? (0, 0L) : (measured.Count, measured.Bytes);
        },
        cancellation);
}
