using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MyChat.Storage.Schema;
using MyChat.Storage.Transfer;

namespace MyChat.Storage.Backups;

/// <summary>Rows as they come out of a backup.</summary>
internal sealed record BackupRows(int Table, IReadOnlyList<object?[]> Rows);

/// <summary>Reads a backup from its beginning to its end, in order, and takes nothing on trust.</summary>
internal sealed class BackupReader
{
    private readonly FrameReader frames;
    private readonly List<BackupFile> files = [];

    private BackupReader(Stream input) => frames = new FrameReader(input);

    public BackupHeader Header { get; private set; } = null!; // OpenAsync sets it

    /// <summary>The files of the data directory; complete once the first rows came.</summary>
    public IReadOnlyList<BackupFile> Files => files;

    public long Position => frames.Position;

    /// <exception cref="StorageException">It is no backup, damaged, or of a newer program; one line for the operator.</exception>
    public static async Task<BackupReader> OpenAsync(Stream input, CancellationToken cancellation)
    {
        var reader = new BackupReader(input);
        await reader.frames.BeginAsync(cancellation);
        var (kind, content) = await reader.frames.ReadAsync(cancellation);
        reader.Header = kind == BackupFormat.Header ? reader.Json<BackupHeader>(content) : throw reader.frames.Damaged("no header");
        reader.CheckHeader();
        return reader;
    }

    /// <summary>All rows; at the end counts and sums were compared.</summary>
    public async IAsyncEnumerable<BackupRows> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var tables = Header.Tables.Select(table => table.ToTable()).ToList();
        var sums = new List<BackupSum>();
        var digest = new TableDigest();
        try
        {
            while (true)
            {
                var (kind, content) = await frames.ReadAsync(cancellation);
                switch (kind)
                {
                    case BackupFormat.File when sums.Count == 0 && digest.Rows == 0:
                        files.Add(Json<BackupFile>(content));
                        break;
                    case BackupFormat.Rows:
                        var part = Unpack(content, tables, sums.Count);
                        CloseTo(part.Table);
                        foreach (var row in part.Rows)
                        {
                            digest.Add(row);
                        }
                        yield return part;
                        break;
                    case BackupFormat.End:
                        CloseTo(tables.Count);
                        Compare(Json<BackupEnd>(content), sums);
                        await frames.ExpectEndAsync(cancellation);
                        yield break;
                    default:
                        throw frames.Damaged("a part that does not belong there");
                }
            }
        }
        finally
        {
            digest.Dispose();
        }

        // The tables before this one are over.
        void CloseTo(int table)
        {
            while (sums.Count < table)
            {
                sums.Add(new BackupSum(digest.Rows, digest.Sum()));
                digest.Dispose();
                digest = new TableDigest();
            }
        }
    }

    private void CheckHeader()
    {
        if (Header.Schema > Migrations.Latest)
        {
            throw new StorageException($"This backup is of a newer MyChat ({Header.Product}, schema {Header.Schema}; this program knows {Migrations.Latest}): update the program.");
        }
        // Names go into statements: only those that the program knows. Columns that are gone since are those of an older schema.
        var isSound = Header.Schema > 0
            && Header.Tables.All(table => TableCatalog.IsKept(table.Name) && table.Columns.Count > 0 && table.Key.Count > 0
                && table.Columns.Select(column => column.Name).Append(table.Identity ?? "id").All(IsName)
                && table.Columns.DistinctBy(column => column.Name).Count() == table.Columns.Count
                && table.Key.All(name => table.Columns.Any(column => column.Name == name)))
            && Header.Tables.DistinctBy(table => table.Name).Count() == Header.Tables.Count;
        if (!isSound)
        {
            throw frames.Damaged("a header that names tables as no MyChat has them");
        }
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 64 && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    private BackupRows Unpack(byte[] content, List<StoredTable> tables, int least)
    {
        try
        {
            var start = RowsStart.Read(content);
            if (start.Table < least || start.Table >= tables.Count || start.Rows <= 0 || start.Length is <= 0 or > BackupFormat.LongestContent)
            {
                throw new FormatException("Its numbers cannot be.");
            }
            var bytes = Unzip(content, start.Length);
            var rows = new List<object?[]>();
            ReadOnlySpan<byte> rest = bytes;
            while (rest.Length > 0)
            {
                rows.Add(RowCodec.Read(ref rest, tables[start.Table].Columns));
            }
            return rows.Count == start.Rows ? new BackupRows(start.Table, rows) : throw new FormatException("It has another number of rows.");
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidDataException)
        {
            throw frames.Damaged("rows that cannot be read", wrong);
        }
    }

    private static byte[] Unzip(byte[] content, int length)
    {
        using var packed = new MemoryStream(content, RowsStart.Bytes, content.Length - RowsStart.Bytes);
        using var zip = new ZLibStream(packed, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[BackupFormat.Chunk];
        for (int read; (read = zip.Read(buffer)) > 0 && unpacked.Length <= length;)
        {
            unpacked.Write(buffer, 0, read);
        }
        return unpacked.Length == length ? unpacked.ToArray() : throw new FormatException("It is of another length.");
    }

    private void Compare(BackupEnd end, List<BackupSum> sums)
    {
        if (end.Files != files.Count || !end.Tables.SequenceEqual(sums))
        {
            throw frames.Damaged("counts or sums at its end that do not fit");
        }
    }

    private T Json<T>(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, BackupFormat.Json) ?? throw frames.Damaged("nothing where something is expected");
        }
        catch (JsonException wrong)
        {
            throw frames.Damaged("a part that cannot be read", wrong);
        }
    }
}
