using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using MyChat.Storage.Backups;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;
using MyChat.Storage.Transfer;

namespace MyChat.Storage.Moves;

/// <summary>What a move carried.</summary>
/// <param name="From">The database that it came from, in words; it keeps its data.</param>
/// <param name="To">Where it is now.</param>
/// <param name="Rows">By table.</param>
/// <param name="IsResumed">Whether an earlier attempt had carried a part.</param>
public sealed record MoveSummary(string From, string To, IReadOnlyDictionary<string, long> Rows, bool IsResumed);

/// <summary>
/// Carries a whole database into an empty one of another kind. It goes in the order of the keys, so that what is there tells where to go on
/// after a cut; at the end both sides are counted and summed up, and only then is the new one taken for whole.
/// </summary>
public static class DatabaseMove
{
    /// <summary>Moves. No server may use either database; the old one stays as it is.</summary>
    /// <exception cref="StorageException">It cannot be done; one line for the operator.</exception>
    public static async Task<MoveSummary> RunAsync(
        StorageOptions from, StorageOptions to, bool mayReplace, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var source = from.CreateProvider();
        try
        {
            RefuseSamePlace(from, to);
            source.Prepare();
            Unfinished.Refuse(source);
            using var lockHolder = source.OpenWriter(); // on a database server it keeps others away
            await using var snapshot = await Snapshot.OpenAsync(source, cancellation);
            using var target = Target.Open(to, new TargetWish(Migrations.Latest, Fingerprint(lockHolder), mayReplace, MayResume: !mayReplace));
            var rows = await CarryAsync(snapshot, target, progress, cancellation);
            target.Finish();
            return new MoveSummary(source.Description, to.CreateProvider() is SqliteProvider final ? final.Description : target.Provider.Description, rows, target.IsResumed);
        }
        catch (DbException failure)
        {
            throw new StorageException($"the move broke off, and goes on when it is run again: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    private static async Task<Dictionary<string, long>> CarryAsync(
        Snapshot snapshot, Target target, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var rows = new Dictionary<string, long>();
        var tables = TableCatalog.Kept.Where(table => table != TableCatalog.Meta).ToList();
        foreach (var table in tables)
        {
            await CopyAsync(snapshot, target, table, progress, cancellation);
        }
        foreach (var table in tables)
        {
            rows[table.Name] = await CompareAsync(snapshot, target, table, progress, cancellation);
            if (table.Identity is { } column)
            {
                target.Provider.SetCounter(target.Connection, table.Name, column, snapshot.Provider.ReadCounter(snapshot.Connection, table.Name, column));
            }
        }
        await CopyMetaAsync(snapshot, target, cancellation);
        return rows;
    }

    private static async Task CopyAsync(
        Snapshot snapshot, Target target, StoredTable table, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var total = snapshot.Count(table);
        var after = target.IsResumed ? TableReader.LastKey(target.Connection, table) : null;
        var done = after is null ? 0 : Convert.ToInt64(
            DatabaseProvider.Query(target.Connection, $"SELECT count(*) FROM {table.Name}"), System.Globalization.CultureInfo.InvariantCulture);
        using var filler = new TableFiller(target.Provider, target.Connection, table);
        await foreach (var row in TableReader.ReadAsync(snapshot.Connection, table, after, cancellation))
        {
            filler.Add(row);
            if (++done % 500 == 0)
            {
                progress?.Report(new OperationProgress(BackupSteps.Of(table.Name), done, total));
            }
        }
        filler.Commit();
        progress?.Report(new OperationProgress(BackupSteps.Of(table.Name), done, total));
    }

    /// <summary>Reads both sides again, from the databases.</summary>
    private static async Task<long> CompareAsync(
        Snapshot snapshot, Target target, StoredTable table, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var step = $"comparing {BackupSteps.Of(table.Name)}";
        var total = snapshot.Count(table);
        var ours = Task.Run(() => TableDigest.OfAsync(snapshot.Connection, table, Tell, cancellation), cancellation);
        var theirs = TableDigest.OfAsync(target.Connection, table, _ => { }, cancellation);
        var (expected, actual) = (await ours, await theirs);
        progress?.Report(new OperationProgress(step, expected.Rows, expected.Rows));
        return expected == actual
            ? expected.Rows
            : throw new StorageException(
                $"the two databases differ in {BackupSteps.Of(table.Name)} ({expected.Rows} rows here, {actual.Rows} there): the old one changed meanwhile, or somebody "
                + "wrote into the new one. Run the move again with --replace, which begins anew.");

        void Tell(long done)
        {
            if (done % 500 == 0)
            {
                progress?.Report(new OperationProgress(step, done, total));
            }
        }
    }

    /// <summary>The counters at once: among them is the mark, so the highest key there says nothing.</summary>
    private static async Task CopyMetaAsync(Snapshot snapshot, Target target, CancellationToken cancellation)
    {
        var rows = await TableReader.ReadAsync(snapshot.Connection, TableCatalog.Meta, null, cancellation).ToListAsync(cancellation);
        DatabaseProvider.Query(target.Connection, target.Provider.Begin);
        foreach (var row in rows)
        {
            DatabaseProvider.Query(target.Connection, "DELETE FROM meta WHERE name=@name", ("@name", row[0]!)); // a key is never null
            DatabaseProvider.Query(target.Connection, "INSERT INTO meta(name,value) VALUES (@name,@value)", ("@name", row[0]!), ("@value", row[1]!));
        }
        DatabaseProvider.Query(target.Connection, "COMMIT");
    }

    /// <summary>Tells one server's data from another's: by its secrets, which never change.</summary>
    private static long Fingerprint(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM secret ORDER BY name";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            hash.AppendData((byte[])reader.GetValue(0));
        }
        return BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset());
    }

    private static void RefuseSamePlace(StorageOptions from, StorageOptions to)
    {
        var isSame = from.CreateProvider() is SqliteProvider && to.CreateProvider() is SqliteProvider
            && Path.GetFullPath(from.DataDirectory) == Path.GetFullPath(to.DataDirectory);
        if (isSame)
        {
            throw new StorageException("this is where the data is already: expected another database to move it to");
        }
    }
}
