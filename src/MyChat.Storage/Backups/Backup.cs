using System.Data.Common;
using System.Text.Json;
using MyChat.Storage.Schema;
using MyChat.Storage.Transfer;

namespace MyChat.Storage.Backups;

/// <summary>A small file of the data directory that is kept with the database, such as the certificate that the server made itself.</summary>
public sealed record BackupFile(string Name, byte[] Content);

/// <summary>What is said in a backup about where it comes from, and what goes into it besides the database.</summary>
public sealed record BackupSource(string Product, string Domain, DateTimeOffset Created, IReadOnlyList<BackupFile> Files);

/// <summary>What a backup holds.</summary>
public sealed record BackupSummary(
    string Product, string Domain, DateTimeOffset Created, string Database, long Accounts, long Messages, IReadOnlyList<string> Files, long Bytes);

/// <summary>Backups: a whole database in one file, for any kind of database.</summary>
public static class Backup
{
    /// <summary>Writes the database as it is when this begins; others may go on using it.</summary>
    public static async Task<BackupSummary> WriteAsync(
        Database database, BackupSource source, Stream output, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.OpenAsync(database.Provider, cancellation);
        var writer = new BackupWriter(snapshot, output, progress);
        var header = await writer.WriteAsync(source, cancellation);
        return Summary(header, [.. source.Files.Select(file => file.Name)], writer.Position);
    }

    /// <summary>Passes a backup on, part by part, and looks at each.</summary>
    /// <exception cref="StorageException">It is damaged, or ends too early.</exception>
    public static async Task<BackupSummary> CopyAsync(
        Stream input, Stream output, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var (reader, writer) = (new FrameReader(input), new FrameWriter(output));
        await reader.BeginAsync(cancellation);
        await writer.BeginAsync(cancellation);
        BackupHeader? header = null;
        var files = new List<string>();
        var done = new Dictionary<int, long>();
        while (true)
        {
            var (kind, content) = await reader.ReadAsync(cancellation);
            await writer.WriteAsync(kind, content, cancellation);
            switch (kind)
            {
                case BackupFormat.Header:
                    header = JsonSerializer.Deserialize<BackupHeader>(content, BackupFormat.Json);
                    break;
                case BackupFormat.File:
                    files.Add(JsonSerializer.Deserialize<BackupFile>(content, BackupFormat.Json)!.Name); // the seal was right: it is as it was written
                    break;
                case BackupFormat.Rows when header is not null:
                    var start = RowsStart.Read(content);
                    var table = header.Tables[start.Table];
                    done[start.Table] = done.GetValueOrDefault(start.Table) + start.Rows;
                    progress?.Report(new OperationProgress(BackupSteps.Of(table.Name), done[start.Table], table.Rows));
                    break;
                case BackupFormat.End when header is not null:
                    await reader.ExpectEndAsync(cancellation);
                    await output.FlushAsync(cancellation);
                    return Summary(header, files, reader.Position);
            }
        }
    }

    /// <summary>Whether a file begins like a backup, of whatever version.</summary>
    public static async Task<bool> IsBackupAsync(Stream input, CancellationToken cancellation)
    {
        var start = new byte[FrameReader.NameOfFormat.Length];
        return await input.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation) == start.Length
            && start.AsSpan().SequenceEqual(FrameReader.NameOfFormat);
    }

    /// <summary>Reads a backup to its end and looks at all of it.</summary>
    /// <exception cref="StorageException">It is not a whole backup that this program can read; one line for the operator.</exception>
    public static async Task<BackupSummary> VerifyAsync(Stream input, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var reader = await BackupReader.OpenAsync(input, cancellation);
        var size = input.CanSeek ? input.Length : 0;
        await foreach (var _ in reader.ReadAsync(cancellation))
        {
            progress?.Report(new OperationProgress("looking at the backup", reader.Position, size));
        }
        return Summary(reader.Header, [.. reader.Files.Select(file => file.Name)], reader.Position);
    }

    /// <summary>Puts a backup into an empty database of any kind. Look at it with <see cref="VerifyAsync"/> before.</summary>
    /// <param name="input">The backup, from its beginning.</param>
    /// <param name="options">Where to.</param>
    /// <param name="mayReplace">Whether what is there may go.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellation">Ends it; the database is then marked as unfinished.</param>
    /// <returns>The files of the data directory that were kept with it.</returns>
    /// <exception cref="StorageException">The database is not empty or cannot be used, or the backup is damaged.</exception>
    public static async Task<IReadOnlyList<BackupFile>> RestoreAsync(
        Stream input, StorageOptions options, bool mayReplace, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var reader = await BackupReader.OpenAsync(input, cancellation);
        using var target = Target.Open(options, new TargetWish(reader.Header.Schema, reader.Header.Created.Ticks, mayReplace, MayResume: false));
        try
        {
            await FillAsync(reader, target, progress, cancellation);
            foreach (var table in reader.Header.Tables)
            {
                if (table.Identity is { } column)
                {
                    target.Provider.SetCounter(target.Connection, table.Name, column, table.Counter);
                }
            }
            target.Finish();
            return reader.Files;
        }
        catch (DbException refused)
        {
            throw new StorageException($"{target.Provider.Description} does not take it in: {refused.Message.ReplaceLineEndings(" ")}", refused);
        }
    }

    private static async Task FillAsync(BackupReader reader, Target target, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        TableFiller? filler = null;
        try
        {
            var (current, done) = (-1, 0L);
            await foreach (var part in reader.ReadAsync(cancellation))
            {
                var table = reader.Header.Tables[part.Table];
                if (part.Table != current)
                {
                    filler?.Commit();
                    filler?.Dispose();
                    filler = new TableFiller(target.Provider, target.Connection, table.ToTable());
                    (current, done) = (part.Table, 0);
                }
                foreach (var row in part.Rows)
                {
                    filler!.Add(row); // made above with the first part of a table
                }
                done += part.Rows.Count;
                progress?.Report(new OperationProgress(BackupSteps.Of(table.Name), done, table.Rows));
            }
            filler?.Commit();
        }
        finally
        {
            filler?.Dispose();
        }
    }

    private static BackupSummary Summary(BackupHeader header, IReadOnlyList<string> files, long bytes) => new(
        header.Product, header.Domain, header.Created, header.Database, Rows(header, "account"), Rows(header, "message"), files, bytes);

    private static long Rows(BackupHeader header, string table) => header.Tables.FirstOrDefault(known => known.Name == table)?.Rows ?? 0;
}
