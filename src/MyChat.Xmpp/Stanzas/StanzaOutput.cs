using System.Buffers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Stanzas;

/// <summary>Writes stanzas: the start tag in one go, then the payload as it is.</summary>
internal static class StanzaOutput
{
    // Longer than all the fixed parts of a start tag together.
    private const int FixedBytes = 160;

    public static void Write(IBufferWriter<byte> output, Stanza stanza, bool xmlns)
    {
        var variable = (stanza.Id?.Length ?? 0) + (stanza.Lang?.Length ?? 0);
        var addresses = (stanza.To?.AttributeUtf8.Length ?? 0) + (stanza.From?.AttributeUtf8.Length ?? 0);
        var tag = new Tag(output.GetSpan(FixedBytes + addresses + (variable * XmlOutput.MaxBytesPerChar)));
        var kind = stanza switch { Message => "message"u8, Presence => "presence"u8, _ => "iq"u8 };
        tag.Add("<"u8);
        tag.Add(kind);
        tag.Add(xmlns ? " xmlns='jabber:client'"u8 : default);
        tag.Add(" from='"u8, stanza.From);
        tag.Add(" to='"u8, stanza.To);
        tag.Add(" type='"u8, stanza.TypeName);
        tag.Add(" id='"u8, stanza.Id);
        tag.Add(" xml:lang='"u8, stanza.Lang);
        var payload = stanza.Payload.Utf8.Span;
        tag.Add(payload.IsEmpty ? "/>"u8 : ">"u8);
        output.Advance(tag.Length);
        if (!payload.IsEmpty)
        {
            output.Write(payload);
            var end = new Tag(output.GetSpan(FixedBytes));
            end.Add("</"u8);
            end.Add(kind);
            end.Add(">"u8);
            output.Advance(end.Length);
        }
    }

    /// <summary>A span that is filled; large enough by its caller's reckoning.</summary>
    private ref struct Tag(Span<byte> span)
    {
        private readonly Span<byte> _span = span;

        public int Length { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_span[Length..]);
            Length += bytes.Length;
        }

        public void Add(ReadOnlySpan<byte> start, Jid? jid)
        {
            if (jid is not null)
            {
                Add(start);
                Add(jid.AttributeUtf8.Span);
                Add("'"u8);
            }
        }

        public void Add(ReadOnlySpan<byte> start, string? value)
        {
            if (value is not null)
            {
                Add(start);
                Length += XmlOutput.EscapeAttributeValue(value, _span[Length..]);
                Add("'"u8);
            }
        }
    }
}
