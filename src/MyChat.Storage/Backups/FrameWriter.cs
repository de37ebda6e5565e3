using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MyChat.Storage.Backups;

/// <summary>Writes a backup's frames.</summary>
internal sealed class FrameWriter(Stream output)
{
    private byte[] seal = [];

    /// <summary>Bytes written so far.</summary>
    public long Position { get; private set; }

    public async ValueTask BeginAsync(CancellationToken cancellation)
    {
        var preamble = BackupFormat.Preamble.ToArray();
        seal = SHA256.HashData(preamble)[..BackupFormat.SealBytes];
        await WriteAsync(preamble, cancellation);
    }

    public async ValueTask WriteAsync(byte kind, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (content.Length > BackupFormat.LongestContent)
        {
            throw new StorageException($"A part of {content.Length} bytes is too long for a backup.");
        }
        var start = new byte[1 + sizeof(int)];
        start[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(1), content.Length);
        seal = FrameSeal.Of(seal, start, content.Span);
        await WriteAsync(start, cancellation);
        await WriteAsync(content, cancellation);
        await WriteAsync(seal, cancellation);
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await output.WriteAsync(bytes, cancellation);
        Position += bytes.Length;
    }
}

internal static class FrameSeal
{
    public static byte[] Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> start, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(start);
        hash.AppendData(content);
        return hash.GetHashAndReset()[..BackupFormat.SealBytes];
    }
}
