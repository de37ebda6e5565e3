using MyChat.Xmpp.Jids;

namespace MyChat.Server.Mailboxes;

/// <summary>Reads the addresses of a stored message without parsing it: the server wrote it, and always in the same way.</summary>
public static class StoredAddresses
{
    private static ReadOnlySpan<byte> Start => "<message from='"u8;
    private static ReadOnlySpan<byte> Middle => "' to='"u8;

    /// <summary>Whether the peer of an entry (who sent what was received, whom what was sent is for) has this address; a bare one stands for all its resources.</summary>
    public static bool IsPeer(ReadOnlySpan<byte> stanza, bool received, Jid address)
    {
        var peer = Read(stanza, received);
        var wanted = address.AttributeUtf8.Span;
        return peer.StartsWith(wanted) && (peer.Length == wanted.Length || (address.Resourcepart is null && peer[wanted.Length] == (byte)'/'));
    }

    /// <summary>The peer of an entry, or null when the message does not say it.</summary>
    public static BareJid? PeerOf(ReadOnlySpan<byte> stanza, bool received)
    {
        var peer = Read(stanza, received);
        var end = peer.IndexOf((byte)'/'); // what stands before it needs no escapes
        return Jid.TryParseUtf8(end < 0 ? peer : peer[..end], out var jid) ? jid.Bare : null;
    }

    private static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> stanza, bool received)
    {
        if (!stanza.StartsWith(Start))
        {
            return default;
        }
        var rest = stanza[Start.Length..];
        var end = rest.IndexOf((byte)'\'');
        if (end < 0 || received)
        {
            return end < 0 ? default : rest[..end];
        }
        rest = rest[end..];
        if (!rest.StartsWith(Middle))
        {
            return default;
        }
        rest = rest[Middle.Length..];
        end = rest.IndexOf((byte)'\'');
        return end < 0 ? default : rest[..end];
    }
}
