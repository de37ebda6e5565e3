using System.Collections.Concurrent;
using System.Data.Common;
using LinqToDB;
using LinqToDB.Data;

namespace MyChat.Storage.Providers;

/// <summary>
/// A few connections that only read. They see what is committed, and never wait for the writer. A read that loses its connection is done
/// again when the database is back.
/// </summary>
internal sealed class ReadPool(DatabaseProvider provider, DatabaseLink link) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How long who is reading may go on after the end.</summary>
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim places = new(provider.Readers);
    private readonly ConcurrentStack<DataConnection> idle = new();
    private readonly CancellationTokenSource closing = new();
    private volatile bool closed;

    public async ValueTask<T> ReadAsync<T>(Func<DataConnection, Task<T>> query, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        var pause = TimeSpan.Zero;
        try
        {
            while (true)
            {
                var (done, result, reason) = await TryReadAsync(query, cancellation);
                if (done)
                {
                    return result;
                }
                if (pause == TimeSpan.Zero)
                {
                    link.Lost(reason!); // there is one when it is not done
                    pause = FirstPause;
                }
                await Task.Delay(pause, cancellation);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        finally
        {
            if (pause > TimeSpan.Zero)
            {
                link.Restored();
            }
            places.Release();
        }
    }

    /// <summary>Waits for who is reading, and closes; who comes later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
        {
            return;
        }
        closed = true;
        closing.CancelAfter(ClosingPatience);
        for (var i = 0; i < provider.Readers; i++)
        {
            await places.WaitAsync();
        }
        while (idle.TryPop(out var connection))
        {
            await connection.DisposeAsync();
        }
        places.Release(provider.Readers);
        closing.Dispose();
    }

    /// <summary>Reads once; with a reason when the database is out of reach. Other failures are thrown.</summary>
    private async Task<(bool Done, T Result, Exception? Reason)> TryReadAsync<T>(Func<DataConnection, Task<T>> query, CancellationToken cancellation)
    {
        while (true)
        {
            if (closed)
            {
                throw new StorageException("The database is closed.");
            }
            var isFresh = !idle.TryPop(out var connection);
            DbConnection? raw = null;
            try
            {
                if (connection is null)
                {
                    raw = await provider.OpenReaderAsync(cancellation);
                    connection = new DataConnection(new DataOptions().UseConnection(provider.Linq, raw, disposeConnection: true));
                }
                raw = connection.TryGetDbConnection();
                var result = await query(connection).WaitAsync(provider.ReadPatience, closing.Token);
                idle.Push(connection);
                return (true, result, null);
            }
            catch (Exception reason)
            {
                var isHung = reason is TimeoutException;
                var isLost = isHung || (reason is not OperationCanceledException && provider.Judge(reason, raw) == Refusal.Lost);
                var ending = CloseAsync(connection);
                if (!isHung)
                {
                    await ending;
                }
                if (!isLost)
                {
                    throw;
                }
                if (isFresh)
                {
                    return (false, default!, reason); // not a result
                }
                // One that lay idle may have been ended by the database: that need not mean anything.
            }
        }
    }

    private static async Task CloseAsync(DataConnection? connection)
    {
        try
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
        catch (Exception failure) when (failure is DbException or IOException or InvalidOperationException)
        {
            // It is broken: that is why it is closed.
        }
    }
}
