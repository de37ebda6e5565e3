using System.Security.Cryptography;
using System.Text;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using MyChat.Server.Accounts;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Stores;

internal sealed class DocumentStore(Database database) : IDocumentStore
{
    /// <summary>No database's index holds a key of any length (XEP-0049's is an element's name, which a user chooses).</summary>
    private const int LongestName = 1024;

    public ValueTask<byte[]?> GetAsync(long account, string kind, string key, CancellationToken cancellation)
    {
        const string Sql = "SELECT content FROM document WHERE account = @account AND kind = @kind AND name = @name";
        return database.ReadAsync(db => db.OneOrNullAsync<byte[]>(Sql, cancellation, Key(account, kind, Name(key))), cancellation);
    }

    public async ValueTask SetAsync(long account, string kind, string key, byte[]? content, CancellationToken cancellation, bool mayWait = false)
    {
        var name = Name(key);
        await database.WriteAsync(account, db => content is null
            ? db.GetTable<DocumentRow>().Delete(row => row.Account == account && row.Kind == kind && row.Name == name)
            : Put(db, new DocumentRow { Account = account, Kind = kind, Name = name, Content = content }),
            cancellation, content?.Length ?? 0, mayWait);
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

    // Most are there already.
    private static int Put(DataConnection db, DocumentRow row)
    {
        const string Update = "UPDATE document SET content = @content WHERE account = @account AND kind = @kind AND name = @name";
        var updated = db.Execute(Update, [new DataParameter("content", row.Content), .. Key(row.Account, row.Kind, row.Name)]);
        return updated > 0 ? updated : db.InsertOrReplace(row);
    }

    private static DataParameter[] Key(long account, string kind, string name) =>
        [new DataParameter("account", account), new DataParameter("kind", kind), new DataParameter("name", name)];

    /// <summary>The key, or its hash when it is too long; the document itself still has its name.</summary>
    private static string Name(string key) => Encoding.UTF8.GetByteCount(key) <= LongestName
        ? key
        : "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
