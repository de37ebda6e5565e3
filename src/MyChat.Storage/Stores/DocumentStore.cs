using System.Security.Cryptography;
using System.Text;
using LinqToDB;
using LinqToDB.Async;
using MyChat.Server.Accounts;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Stores;

internal sealed class DocumentStore(Database database) : IDocumentStore
{
    /// <summary>No database's index holds a key of any length (XEP-0049's is an element's name, which a user chooses).</summary>
    private const int LongestName = 1024;

    public ValueTask<byte[]?> GetAsync(long account, string kind, string key, CancellationToken cancellation)
    {
        var name = Name(key);
        return database.ReadAsync(
            db => db.GetTable<DocumentRow>()
                .Where(row => row.Account == account && row.Kind == kind && row.Name == name)
                .Select(row => (byte[]?)row.Content)
                .FirstOrDefaultAsync(cancellation),
            cancellation);
    }

    public async ValueTask SetAsync(long account, string kind, string key, byte[]? content, CancellationToken cancellation)
    {
        var name = Name(key);
        await database.WriteAsync(account, db => content is null
            ? db.GetTable<DocumentRow>().Delete(row => row.Account == account && row.Kind == kind && row.Name == name)
            : db.InsertOrReplace(new DocumentRow { Account = account, Kind = kind, Name = name, Content = content }),
            cancellation, content?.Length ?? 0);
    }

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

    /// <summary>The key, or its hash when it is too long; the document itself still has its name.</summary>
    private static string Name(string key) => Encoding.UTF8.GetByteCount(key) <= LongestName
        ? key
        : "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
