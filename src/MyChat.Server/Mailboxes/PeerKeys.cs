using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyChat.Xmpp.Jids;

namespace MyChat.Server.Mailboxes;

/// <summary>
/// The number by which a log finds all that went to or came from an address. It is made from the address alone, so that nothing must be looked
/// up to store a message, and who left and came back under the same name is found as one. Two addresses may share a number: who finds entries
/// by it looks at the address as well.
/// </summary>
public static class PeerKeys
{
    /// <summary>The number of a bare address; it must never change, for it is stored.</summary>
    public static long Of(BareJid address)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(address.ToString()), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
