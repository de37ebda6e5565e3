using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MyChat.Server.Mailboxes;

/// <summary>
/// Names entries on the wire (XEP-0359). In the database an id is a plain integer; XEP-0359 §5 wants no inference of how many messages there
/// are, so id and account go through one AES block under a key kept in the database. Safe from many threads.
/// </summary>
public sealed class EntryIds : IDisposable
{
    public const int KeyBytes = 16;
    private readonly Aes _aes = Aes.Create();

    public EntryIds(byte[] key) => _aes.Key = key;

    /// <summary>The stanza-id of an entry in an account's archive.</summary>
    public string Encode(long account, long id)
    {
        Span<byte> block = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(block, account);
        BinaryPrimitives.WriteInt64BigEndian(block[8..], id);
        Span<byte> sealedBlock = stackalloc byte[16];
        _aes.EncryptEcb(block, sealedBlock, PaddingMode.None);
        return Base64Url.EncodeToString(sealedBlock);
    }

    /// <summary>The entry that a stanza-id of this account names; false for anything else.</summary>
    public bool TryDecode(long account, string name, out long id)
    {
        id = 0;
        Span<byte> sealedBlock = stackalloc byte[16];
        Span<byte> utf8 = stackalloc byte[22];
        if (name.Length != 22 || !Ascii.IsValid(name) || Encoding.ASCII.GetBytes(name, utf8) != 22
            || !Base64Url.TryDecodeFromUtf8(utf8, sealedBlock, out var written) || written != 16)
        {
            return false;
        }
        Span<byte> block = stackalloc byte[16];
        _aes.DecryptEcb(sealedBlock, block, PaddingMode.None);
        id = BinaryPrimitives.ReadInt64BigEndian(block[8..]);
        return BinaryPrimitives.ReadInt64BigEndian(block) == account;
    }

    public void Dispose() => _aes.Dispose();
}
