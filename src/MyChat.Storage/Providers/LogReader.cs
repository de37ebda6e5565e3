using LinqToDB;
using LinqToDB.Data;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Providers;

/// <summary>Reads the logs of mailboxes (<see cref="Logs.Log"/>) with all that was committed when it was made.</summary>
/// <param name="provider">Of which database.</param>
/// <param name="readers">Its readers.</param>
/// <param name="isFiled">Whether all that was committed is filed; else queries see the rest as well.</param>
internal sealed class LogReader(DatabaseProvider provider, ReadPool readers, bool isFiled)
{
    public ValueTask<T> ReadAsync<T>(Func<DataConnection, Task<T>> query, CancellationToken cancellation)
    {
        return readers.ReadAsync(isFiled ? query : ReadYoungTooAsync, cancellation);

        async Task<T> ReadYoungTooAsync(DataConnection db)
        {
            var connection = await db.OpenDbConnectionAsync(cancellation);
            await using var whole = new YoungToo(new DataOptions().UseConnection(provider.Linq, connection, disposeConnection: false));
            return await query(whole);
        }
    }
}
