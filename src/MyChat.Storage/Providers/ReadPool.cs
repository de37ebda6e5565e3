using System.Collections.Concurrent;
using LinqToDB;
using LinqToDB.Data;

namespace MyChat.Storage.Providers;

/// <summary>A few connections that only read. They see what is committed, and never wait for the writer.</summary>
internal sealed class ReadPool(SqliteProvider provider) : IAsyncDisposable
{
    private const int Size = 4;

    private readonly SemaphoreSlim places = new(Size);
    private readonly ConcurrentStack<DataConnection> idle = new();
    private volatile bool closed;

    public async ValueTask<T> ReadAsync<T>(Func<DataConnection, Task<T>> query, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            if (closed)
            {
                throw new StorageException("The database is closed.");
            }
            if (!idle.TryPop(out var connection))
            {
                connection = new DataConnection(new DataOptions().UseConnection(provider.Linq, provider.OpenReader(), disposeConnection: true));
            }
            try
            {
                var result = await query(connection);
                idle.Push(connection);
                return result;
            }
            catch
            {
                // It may be broken; the next reader opens another.
                await connection.DisposeAsync();
                throw;
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Waits for who is reading, and closes; who comes later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        for (var i = 0; i < Size; i++)
        {
            await places.WaitAsync();
        }
        while (idle.TryPop(out var connection))
        {
            await connection.DisposeAsync();
        }
        places.Release(Size);
    }
}
