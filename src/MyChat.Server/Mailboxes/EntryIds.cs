using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace MyChat.Server.Mailboxes;

/// <summary>
/// Names entries on the wire (XEP-0359). In the database an id is a plain integer; XEP-0359 §5 wants no inference of how many messages there
/// are, so id and account go through one AES block under a key kept in the database. Safe from many threads.
/// </summary>
public sealed class EntryIds : IDisposable
{
    public const int KeyBytes = 16;

    private const int BlockBytes = 16;
    private const int NameLength = 22;

    private readonly Aes _aes = Aes.Create();
    private readonly ThreadLocal<BlockCipher> _ciphers;

    public EntryIds(byte[] key)
    {
        (_aes.Key, _aes.Mode, _aes.Padding) = (key, CipherMode.ECB, PaddingMode.None);
        _ciphers = new ThreadLocal<BlockCipher>(() => new BlockCipher(_aes.CreateEncryptor(), _aes.CreateDecryptor()));
    }

    /// <summary>The stanza-id of an entry in an account's archive.</summary>
    public string Encode(long account, long id)
    {
        var cipher = _ciphers.Value!; // its factory returns one
        BinaryPrimitives.WriteInt64BigEndian(cipher.Open, account);
        BinaryPrimitives.WriteInt64BigEndian(cipher.Open.AsSpan(8), id);
        cipher.Encryptor.TransformBlock(cipher.Open, 0, BlockBytes, cipher.Sealed, 0);
        return Base64Url.EncodeToString(cipher.Sealed);
    }

    /// <summary>The entry that a stanza-id of this account names; false for anything else.</summary>
    public bool TryDecode(long account, string name, out long id)
    {
        id = 0;
        var cipher = _ciphers.Value!;
        if (name.Length != NameLength || Base64Url.DecodeFromChars(name, cipher.Sealed, out _, out var written) != OperationStatus.Done || written != BlockBytes)
        {
            return false;
        }
        cipher.Decryptor.TransformBlock(cipher.Sealed, 0, BlockBytes, cipher.Open, 0);
        id = BinaryPrimitives.ReadInt64BigEndian(cipher.Open.AsSpan(8));
        return BinaryPrimitives.ReadInt64BigEndian(cipher.Open) == account;
    }

    public void Dispose()
    {
        _ciphers.Dispose();
        _aes.Dispose();
    }

    /// <summary>What one thread uses over and over: to make it takes several times as long as to use it. It goes with its thread.</summary>
    private sealed record BlockCipher(ICryptoTransform Encryptor, ICryptoTransform Decryptor)
    {
        public byte[] Open { get; } = new byte[BlockBytes];
        public byte[] Sealed { get; } = new byte[BlockBytes];
    }
}
