using System.Data.Common;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Transfer;

/// <summary>The database as it is at one moment, on a connection of its own; others go on writing meanwhile.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private Snapshot(DatabaseProvider provider, DbConnection connection) => (Provider, Connection) = (provider, connection);

    public DatabaseProvider Provider { get; }
    public DbConnection Connection { get; }

    public static async Task<Snapshot> OpenAsync(DatabaseProvider provider, CancellationToken cancellation)
    {
        var connection = await provider.OpenReaderAsync(cancellation);
        try
        {
            foreach (var statement in provider.BeginSnapshot)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = statement;
                await command.ExecuteScalarAsync(cancellation);
            }
            return new Snapshot(provider, connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public long Count(StoredTable table) => Number($"SELECT count(*) FROM {table.Name}");

    public long Number(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Its connection ends, and with it the transaction, which changed nothing.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
