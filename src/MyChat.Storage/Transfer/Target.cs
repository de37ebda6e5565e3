using System.Data.Common;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Transfer;

/// <summary>How a target is to be opened.</summary>
/// <param name="Schema">The version of the schema that the rows are of.</param>
/// <param name="Mark">What tells this filling from others; see <see cref="Unfinished"/>.</param>
/// <param name="MayReplace">Whether accounts and messages that are there may go.</param>
/// <param name="MayResume">Whether to go on where the same filling was cut off.</param>
internal sealed record TargetWish(long Schema, long Mark, bool MayReplace, bool MayResume);

/// <summary>A database that is being filled, and marked as such until it is whole. An SQLite file has another name until then.</summary>
internal sealed class Target : IDisposable
{
    private const string UnfinishedFile = SqliteProvider.FileName + ".unfinished";

    private readonly string? unfinished; // the files of SQLite
    private readonly string? final;
    private DbConnection? connection;

    private Target(StorageOptions options)
    {
        var isSqlite = options.CreateProvider() is SqliteProvider;
        Provider = isSqlite ? new SqliteProvider(options, UnfinishedFile) : options.CreateProvider();
        unfinished = isSqlite ? Path.Combine(options.DataDirectory, UnfinishedFile) : null;
        final = isSqlite ? Path.Combine(options.DataDirectory, SqliteProvider.FileName) : null;
    }

    public DatabaseProvider Provider { get; }

    /// <summary>Its one writer's connection.</summary>
    public DbConnection Connection => connection ?? throw new InvalidOperationException("The target is not open.");

    /// <summary>Whether part of the rows is there already.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Makes a database ready to be filled.</summary>
    /// <exception cref="StorageException">It holds something, and that may not be replaced.</exception>
    public static Target Open(StorageOptions options, TargetWish wish)
    {
        var target = new Target(options);
        try
        {
            target.Open(wish, options);
            return target;
        }
        catch (Exception failure)
        {
            target.Dispose();
            throw failure as StorageException ?? new StorageException($"Cannot fill {target.Provider.Description}: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>Takes the rows for whole: the schema is brought up to date, the mark goes, and an SQLite file gets its name.</summary>
    public void Finish()
    {
        Close();
        Provider.Prepare();
        connection = Provider.OpenWriter();
        Provider.Analyze(connection, Provider.ReadTables(connection).Where(TableCatalog.IsOurs));
        Unfinished.Clear(connection);
        Provider.Checkpoint(connection);
        Close();
        if (final is not null && unfinished is not null)
        {
            Retire(final);
            DurableFile.Rename(unfinished, final);
        }
    }

    public void Dispose() => Close();

    private void Open(TargetWish wish, StorageOptions options)
    {
        if (final is not null && File.Exists(final) && !wish.MayReplace)
        {
            Look(new SqliteProvider(options), wish);
        }
        if (unfinished is null || File.Exists(unfinished))
        {
            IsResumed = Look(Provider, wish);
        }
        if (!IsResumed)
        {
            Clear();
        }
        Provider.Prepare(wish.Schema);
        connection = Provider.OpenWriter();
        if (!IsResumed)
        {
            Unfinished.Set(connection, wish.Mark);
        }
    }

    /// <summary>Looks at what is there: true when this filling can go on, false when it can begin anew.</summary>
    private static bool Look(DatabaseProvider provider, TargetWish wish)
    {
        using var connection = provider.OpenWriter();
        var tables = provider.ReadTables(connection);
        if (tables.FirstOrDefault(table => !TableCatalog.IsOurs(table)) is { } foreign)
        {
            throw new StorageException($"{provider.Description} holds a table that is not MyChat's ({foreign}): expected a database of its own.");
        }
        if (tables.Contains(TableCatalog.Meta.Name) && Unfinished.Read(connection) is { } mark)
        {
            return wish.MayResume && mark == wish.Mark && provider.ReadSchema(connection) == wish.Schema;
        }
        if (!wish.MayReplace && ((string[])["account", "message"]).Any(table => tables.Contains(table)
            && DatabaseProvider.Query(connection, $"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1) AS found") is not (0L or 0)))
        {
            throw new StorageException($"{provider.Description} holds accounts or messages: expected an empty database, or --replace to put this in their place.");
        }
        return false;
    }

    private void Clear()
    {
        if (unfinished is not null)
        {
            Remove(unfinished);
            return;
        }
        using var writer = Provider.OpenWriter();
        foreach (var table in Provider.ReadTables(writer).Where(TableCatalog.IsOurs))
        {
            DatabaseProvider.Query(writer, $"DROP TABLE IF EXISTS {Provider.Quote(table)}");
        }
    }

    private void Close()
    {
        connection?.Dispose();
        connection = null;
    }

    /// <summary>The old file's log must not be taken for the new one's. Until the new one has its name, the old one is whole.</summary>
    private static void Retire(string file)
    {
        try
        {
            if (File.Exists(file))
            {
                var old = new SqliteProvider(new StorageOptions { DataDirectory = Path.GetDirectoryName(file)! }); // a file is in a folder
                using var connection = old.OpenWriter();
                old.Checkpoint(connection);
            }
        }
        catch (Exception broken) when (broken is DbException or StorageException)
        {
            // That may be why it is replaced.
        }
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
    }

    private static void Remove(string file)
    {
        foreach (var part in (string[])[file, file + "-wal", file + "-shm"])
        {
            File.Delete(part);
        }
    }
}
