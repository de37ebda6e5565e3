using System.Diagnostics;
using LinqToDB;
using LinqToDB.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;
using MyChat.Storage.Stores;
using MyChat.Storage.Transfer;
using MyChat.Storage.Writer;

namespace MyChat.Storage;

/// <summary>An open database with its one writer and its readers; the stores work on it.</summary>
public sealed partial class Database : IAsyncDisposable
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(5);

    private readonly DatabaseLink link;
    private readonly ReadPool readers;

    private Database(DatabaseProvider provider, ILogger logger)
    {
        Provider = provider;
        Description = provider.Description;
        Warnings = provider.Warnings;
        link = new DatabaseLink(logger);
        Writer = new StoreWriter(provider, link, logger);
        readers = new ReadPool(provider, link);
    }

    /// <summary>Kind, version and place, for the start-up text: <c>SQLite 3.50.4, data/mychat.db</c>.</summary>
    public string Description { get; }

    /// <summary>What about the database's own settings breaks a promise, a line each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// Completes when this server must not use the database any more, for another one did meanwhile: what it has in memory is stale. With the
    /// reason, one line for the operator.
    /// </summary>
    public Task<string> Ended => link.Ended;

    /// <summary>Transactions committed since the start.</summary>
    public long Commits => Writer.Commits;

    /// <summary>Messages that they stored.</summary>
    public long StoredMessages => Writer.Messages;

    internal DatabaseProvider Provider { get; }

    internal StoreWriter Writer { get; }

    /// <summary>Opens the database, making it or bringing its schema up to date when need be, and finishes deletions that were cut off.</summary>
    /// <exception cref="StorageException">It cannot be used; the message is one line for the operator.</exception>
    public static Database Open(StorageOptions options, ILoggerFactory? loggers = null)
    {
        var provider = options.CreateProvider();
        Database? database = null;
        try
        {
            provider.Prepare();
            Unfinished.Refuse(provider);
            var logger = loggers?.CreateLogger<Database>() ?? NullLogger<Database>.Instance;
            database = new Database(provider, logger);
            long told = 0;
            AccountDeletion.FinishAllAsync(database.Writer, left =>
            {
                if (told == 0 || Stopwatch.GetElapsedTime(told) > BetweenProgress)
                {
                    told = Stopwatch.GetTimestamp();
                    Log.Removing(logger, left);
                }
            }).GetAwaiter().GetResult();
            return database;
        }
        catch (Exception failure)
        {
            database?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw failure as StorageException
                ?? new StorageException($"Cannot open {provider.Description}: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>Whether there is a database already. Nothing is made or changed.</summary>
    /// <exception cref="StorageException">It is out of reach; the message is one line for the operator.</exception>
    public static bool Exists(StorageOptions options)
    {
        var provider = options.CreateProvider();
        if (!provider.IsRemote)
        {
            return File.Exists(Path.Combine(options.DataDirectory, SqliteProvider.FileName));
        }
        try
        {
            using var connection = provider.OpenWriter();
            return provider.ReadSchema(connection) > 0;
        }
        catch (Exception failure) when (failure is not StorageException)
        {
            throw new StorageException($"Cannot open {provider.Description}: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>Commits what is queued, and closes. Nothing may be asked of the stores afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        // Readers first: the last one who holds the log open keeps the checkpoint from emptying it.
        await readers.DisposeAsync();
        await Writer.DisposeAsync();
    }

    internal ValueTask<T> ReadAsync<T>(Func<DataConnection, Task<T>> query, CancellationToken cancellation) =>
        readers.ReadAsync(query, cancellation);

    /// <summary>For reading the logs of mailboxes (<see cref="Logs.Log"/>) as they are by now; who reads more than once does it by the same reader.</summary>
    internal async ValueTask<LogReader> OpenLogsAsync(CancellationToken cancellation) =>
        new(Provider, readers, isFiled: await Writer.TryFileAsync().WaitAsync(cancellation));

    /// <summary>Reads the logs of mailboxes once.</summary>
    internal async ValueTask<T> ReadMailboxesAsync<T>(Func<DataConnection, Task<T>> query, CancellationToken cancellation) =>
        await (await OpenLogsAsync(cancellation)).ReadAsync(query, cancellation);

    /// <summary>A rare write on behalf of an account, that has not to do with its mailbox; refused when the account is gone.</summary>
    internal async ValueTask<T> WriteAsync<T>(long account, Func<DataConnection, T> write, CancellationToken cancellation, int bytes = 0, bool mayWait = false)
    {
        const string Exists = "SELECT id FROM account WHERE id = @id AND localpart IS NOT NULL";
        cancellation.ThrowIfCancellationRequested(); // once it is queued it cannot be taken back
        return await Writer.WriteAsync(session =>
        {
            if (!session.Db.Query<long>(Exists, new DataParameter("id", account)).Any())
            {
                throw Gone(account);
            }
            return write(session.Db);
        }, needsMailboxes: false, bytes, mayWait);
    }

    internal static InvalidOperationException Gone(long account) => new($"There is no account {account} any more.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Removing accounts whose deletion or import was cut off: {Left} left")]
        public static partial void Removing(ILogger logger, int left);
    }
}
