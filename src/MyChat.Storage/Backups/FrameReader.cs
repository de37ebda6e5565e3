using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MyChat.Storage.Backups;

/// <summary>Reads a backup's frames, and takes nothing that is not sealed as it was written.</summary>
internal sealed class FrameReader(Stream input)
{
    /// <summary>Memory is taken as bytes arrive, not as a damaged length says.</summary>
    private const int Step = 1 << 20;

    private byte[] seal = [];

    /// <summary>The preamble without the version's number.</summary>
    public static ReadOnlySpan<byte> NameOfFormat => BackupFormat.Preamble[..(BackupFormat.Preamble.IndexOf((byte)' ') + 1)];

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <exception cref="StorageException">This is no backup, or one of a later program.</exception>
    public async ValueTask BeginAsync(CancellationToken cancellation)
    {
        var expected = BackupFormat.Preamble.ToArray();
        var preamble = new byte[expected.Length];
        var read = await input.ReadAtLeastAsync(preamble, preamble.Length, throwOnEndOfStream: false, cancellation);
        Position += read;
        if (!preamble.AsSpan().StartsWith(NameOfFormat))
        {
            throw new StorageException("This is not a backup of MyChat: it does not begin like one.");
        }
        if (read < preamble.Length || !preamble.AsSpan().SequenceEqual(expected))
        {
            throw new StorageException($"This backup is of a format that this program does not know (it knows {BackupFormat.Version}), or damaged at its very beginning.");
        }
        seal = SHA256.HashData(preamble)[..BackupFormat.SealBytes];
    }

    public async ValueTask<(byte Kind, byte[] Content)> ReadAsync(CancellationToken cancellation)
    {
        var start = await TakeAsync(1 + sizeof(int), cancellation);
        var length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(1));
        if (length is < 0 or > BackupFormat.LongestContent)
        {
            throw Damaged("a length that cannot be");
        }
        var content = await TakeAsync(length, cancellation);
        var expected = await TakeAsync(BackupFormat.SealBytes, cancellation);
        seal = FrameSeal.Of(seal, start, content);
        if (!seal.AsSpan().SequenceEqual(expected))
        {
            throw Damaged("a part whose checksum is wrong");
        }
        return (start[0], content);
    }

    /// <exception cref="StorageException">Something follows the end.</exception>
    public async ValueTask ExpectEndAsync(CancellationToken cancellation)
    {
        if (await input.ReadAsync(new byte[1], cancellation) != 0)
        {
            throw Damaged("more after its end");
        }
    }

    /// <summary>The exception for what is found here.</summary>
    public StorageException Damaged(string what, Exception? reason = null) => new($"This backup is damaged: {what}, before byte {Position}.", reason!);

    private async ValueTask<byte[]> TakeAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[Math.Min(count, Step)];
        var have = 0;
        while (true)
        {
            var read = await input.ReadAtLeastAsync(bytes.AsMemory(have), bytes.Length - have, throwOnEndOfStream: false, cancellation);
            Position += read;
            have += read;
            if (have < bytes.Length)
            {
                throw new StorageException($"This backup is not whole: it ends after {Position} bytes, in the middle.");
            }
            if (have == count)
            {
                return bytes;
            }
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
        }
    }
}
