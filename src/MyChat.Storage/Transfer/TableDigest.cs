using System.Buffers;
using System.Security.Cryptography;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Transfer;

/// <summary>Counts a table's rows and sums up their bytes, as they pass in the order of their keys.</summary>
internal sealed class TableDigest : IDisposable
{
    private const int Chunk = 64 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> buffer = new(Chunk);

    public long Rows { get; private set; }

    public void Add(object?[] row)
    {
        Rows++;
        RowCodec.Write(buffer, row);
        if (buffer.WrittenCount >= Chunk)
        {
            hash.AppendData(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }

    /// <summary>The sum of all rows so far.</summary>
    public string Sum()
    {
        hash.AppendData(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public void Dispose() => hash.Dispose();

    /// <summary>The count and the sum of a whole table.</summary>
    public static async Task<(long Rows, string Sum)> OfAsync(
        System.Data.Common.DbConnection connection, StoredTable table, Action<long> count, CancellationToken cancellation)
    {
        using var digest = new TableDigest();
        await foreach (var row in TableReader.ReadAsync(connection, table, null, cancellation))
        {
            digest.Add(row);
            count(digest.Rows);
        }
        return (digest.Rows, digest.Sum());
    }
}
