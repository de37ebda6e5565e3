using System.Buffers;
using System.Globalization;
using System.Text;
using MyChat.Xmpp.Jids;

namespace MyChat.Server.Mailboxes;

/// <summary>How an entry is shown to a session: as the message that it is, or wrapped (a carbon). The same form is written again when a stream resumes.</summary>
public abstract class EntryForm
{
    /// <summary>The message itself.</summary>
    public static EntryForm Direct { get; } = new DirectForm();

    /// <summary>Writes the stanza; with <paramref name="xmlns"/> its start tag declares jabber:client.</summary>
    public abstract void Write(IBufferWriter<byte> output, in EntryView entry, bool xmlns);

    private sealed class DirectForm : EntryForm
    {
        public override void Write(IBufferWriter<byte> output, in EntryView entry, bool xmlns) => entry.WriteMessage(output, xmlns, withDelay: true);
    }
}

/// <summary>A message as it is about to be written for one session.</summary>
/// <param name="Stanza">The whole message element as it was stored.</param>
/// <param name="StanzaId">Its id in the owner's archive (XEP-0359); null when it is not stored.</param>
/// <param name="Owner">Whose archive that is.</param>
/// <param name="Target">The session that gets it.</param>
/// <param name="DelayedSince">When it was received, when that was noticeably before now (XEP-0203).</param>
public readonly record struct EntryView(ReadOnlyMemory<byte> Stanza, string? StanzaId, BareJid Owner, FullJid Target, DateTimeOffset? DelayedSince)
{
    private static ReadOnlySpan<byte> Start => "<message"u8;
    private static ReadOnlySpan<byte> End => "</message>"u8;

    /// <summary>Writes the message with its stanza-id, and the delay when there is one and it is wanted.</summary>
    public void WriteMessage(IBufferWriter<byte> output, bool xmlns, bool withDelay)
    {
        var rest = Stanza.Span[Start.Length..];
        output.Write(Start);
        if (xmlns)
        {
            output.Write(" xmlns='jabber:client'"u8);
        }
        if (rest.EndsWith(End))
        {
            output.Write(rest[..^End.Length]);
        }
        else
        {
            output.Write(rest[..^"/>"u8.Length]);
            output.Write(">"u8);
        }
        if (StanzaId is not null)
        {
            output.Write("<stanza-id xmlns='urn:xmpp:sid:0' by='"u8);
            output.Write(Owner.AttributeUtf8.Span);
            output.Write("' id='"u8);
            WriteAscii(output, StanzaId);
            output.Write("'/>"u8);
        }
        if (withDelay)
        {
            WriteDelay(output);
        }
        output.Write(End);
    }

    /// <summary>Writes the delay element when there is one (XEP-0203 §2), said by the server.</summary>
    public void WriteDelay(IBufferWriter<byte> output)
    {
        if (DelayedSince is not { } since)
        {
            return;
        }
        output.Write("<delay xmlns='urn:xmpp:delay' from='"u8);
        output.Write(Owner.Domain.AttributeUtf8.Span);
        output.Write("' stamp='"u8);
        WriteAscii(output, since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        output.Write("'/>"u8);
    }

    private static void WriteAscii(IBufferWriter<byte> output, string text)
    {
        var written = Encoding.ASCII.GetBytes(text, output.GetSpan(text.Length));
        output.Advance(written);
    }
}
