using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using MyChat.Storage.Schema;
using MyChat.Storage.Transfer;

namespace MyChat.Storage.Backups;

/// <summary>Writes a database as it is at one moment, table by table.</summary>
internal sealed class BackupWriter(Snapshot snapshot, Stream output, IProgress<OperationProgress>? progress)
{
    private readonly FrameWriter frames = new(output);
    private readonly ArrayBufferWriter<byte> rows = new(2 * BackupFormat.Chunk);
    private int count;

    public long Position => frames.Position;

    public async Task<BackupHeader> WriteAsync(BackupSource source, CancellationToken cancellation)
    {
        await frames.BeginAsync(cancellation);
        var header = Header(source);
        await WriteJsonAsync(BackupFormat.Header, header, cancellation);
        foreach (var file in source.Files)
        {
            await WriteJsonAsync(BackupFormat.File, file, cancellation);
        }
        var sums = new List<BackupSum>();
        for (var i = 0; i < header.Tables.Count; i++)
        {
            sums.Add(await WriteTableAsync(i, header.Tables[i], cancellation));
        }
        await WriteJsonAsync(BackupFormat.End, new BackupEnd(source.Files.Count, sums), cancellation);
        await output.FlushAsync(cancellation);
        return header;
    }

    private BackupHeader Header(BackupSource source) => new(
        source.Product, snapshot.Provider.ReadSchema(snapshot.Connection), source.Created, source.Domain, snapshot.Provider.Description,
        [
            .. TableCatalog.Kept.Select(table => new BackupTable(table.Name, table.Columns, table.Key, table.Identity, snapshot.Count(table),
                table.Identity is { } column ? snapshot.Provider.ReadCounter(snapshot.Connection, table.Name, column) : 0)),
        ]);

    private async Task<BackupSum> WriteTableAsync(int index, BackupTable header, CancellationToken cancellation)
    {
        using var digest = new TableDigest();
        await foreach (var row in TableReader.ReadAsync(snapshot.Connection, header.ToTable(), null, cancellation))
        {
            digest.Add(row);
            RowCodec.Write(rows, row);
            count++;
            if (rows.WrittenCount >= BackupFormat.Chunk)
            {
                await FlushAsync(index, cancellation);
                progress?.Report(new OperationProgress(BackupSteps.Of(header.Name), digest.Rows, header.Rows));
            }
        }
        await FlushAsync(index, cancellation);
        progress?.Report(new OperationProgress(BackupSteps.Of(header.Name), digest.Rows, digest.Rows));
        return new BackupSum(digest.Rows, digest.Sum());
    }

    /// <summary>A frame of rows: which table, how many rows, how many bytes unpacked; then the rows, packed.</summary>
    private async ValueTask FlushAsync(int table, CancellationToken cancellation)
    {
        if (count == 0)
        {
            return;
        }
        using var packed = new MemoryStream();
        var start = new byte[RowsStart.Bytes];
        BinaryPrimitives.WriteInt32LittleEndian(start, table);
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(4), count);
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(8), rows.WrittenCount);
        packed.Write(start);
        await using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(rows.WrittenSpan);
        }
        await frames.WriteAsync(BackupFormat.Rows, packed.GetBuffer().AsMemory(0, (int)packed.Length), cancellation);
        rows.ResetWrittenCount();
        count = 0;
    }

    private ValueTask WriteJsonAsync<T>(byte kind, T value, CancellationToken cancellation) =>
        frames.WriteAsync(kind, JsonSerializer.SerializeToUtf8Bytes(value, BackupFormat.Json), cancellation);
}

/// <summary>What stands before the packed rows of a frame.</summary>
internal readonly record struct RowsStart(int Table, int Rows, int Length)
{
    public const int Bytes = 12;

    public static RowsStart Read(ReadOnlySpan<byte> content) => content.Length < Bytes
        ? throw new FormatException("A frame of rows is too short.")
        : new(BinaryPrimitives.ReadInt32LittleEndian(content), BinaryPrimitives.ReadInt32LittleEndian(content[4..]), BinaryPrimitives.ReadInt32LittleEndian(content[8..]));
}

/// <summary>What an operator reads while a table passes.</summary>
internal static class BackupSteps
{
    public static string Of(string table) => table switch
    {
        "account" => "accounts",
        "credential" => "passwords' keys",
        "roster" => "contacts",
        "document" => "documents",
        "node" => "nodes",
        "node_item" => "what is published",
        "secret" => "the server's secrets",
        "message" => "messages",
        "mailbox" => "mailboxes",
        "meta" => "counters",
        _ => table,
    };
}
