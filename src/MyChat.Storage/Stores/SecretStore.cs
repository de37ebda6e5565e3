using System.Security.Cryptography;
using LinqToDB;
using LinqToDB.Async;
using MyChat.Server.Accounts;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Stores;

internal sealed class SecretStore(Database database) : ISecretStore
{
    public async ValueTask<byte[]> GetOrCreateAsync(string name, int bytes, CancellationToken cancellation)
    {
        var secret = await database.ReadAsync(db => Find(db, name).FirstOrDefaultAsync(cancellation), cancellation)
            ?? await database.Writer.WriteAsync(session =>
            {
                // Another may have made it meanwhile.
                if (Find(session.Db, name).FirstOrDefault() is { } made)
                {
                    return made;
                }
                var fresh = RandomNumberGenerator.GetBytes(bytes);
                session.Db.Insert(new SecretRow { Name = name, Value = fresh });
                return fresh;
            }, needsMailboxes: false);
        return secret.Length == bytes
            ? secret
            : throw new InvalidOperationException($"The secret '{name}' has {secret.Length} bytes where {bytes} are asked for.");
    }

    private static IQueryable<byte[]> Find(IDataContext db, string name) =>
        db.GetTable<SecretRow>().Where(row => row.Name == name).Select(row => row.Value);
}
