using System.Buffers;
using System.Text;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Xmpp.Xml;

internal enum StanzaKind { None, Message, Presence, Iq }

/// <summary>Makes a stanza of a piece: the header from its start tag, the content as bytes.</summary>
internal static class StanzaReader
{
    // Half of what clients take as one stanza.
    private const int MaxRewrittenBytes = 524_288;

    public static StanzaKind KindOf(in XmlScanner scanner)
    {
        var local = scanner.LocalName;
        return scanner.NsName != Ns.Client ? StanzaKind.None
            : local.SequenceEqual("message"u8) ? StanzaKind.Message
            : local.SequenceEqual("presence"u8) ? StanzaKind.Presence
            : local.SequenceEqual("iq"u8) ? StanzaKind.Iq
            : StanzaKind.None;
    }

    public static Stanza Read(ref XmlScanner scanner, StanzaKind kind, ref RecentJids recent, ReadOnlySpan<XmlBinding> scope)
    {
        // The attributes are the scanner's only until it moves on.
        var header = ReadHeader(scanner, kind, ref recent);
        var payload = ReadPayload(ref scanner, scope, out var children);
        switch (kind)
        {
            case StanzaKind.Message:
                return new Message
                {
                    To = header.To,
                    From = header.From,
                    Id = header.Id,
                    Lang = header.Lang,
                    Payload = payload,
                    Defect = header.Defect,
                    Type = (MessageType)header.Type,
                };
            case StanzaKind.Presence:
                return new Presence
                {
                    To = header.To,
                    From = header.From,
                    Id = header.Id,
                    Lang = header.Lang,
                    Payload = payload,
                    Defect = header.Defect,
                    Type = (PresenceType)header.Type,
                };
            default:
                var type = (IqType)header.Type;
                // RFC 6120 §8.2.3: an id always, and one child element in a request.
                var isBad = header.Id is null || (type is IqType.Get or IqType.Set && children != 1);
                return new Iq
                {
                    To = header.To,
                    From = header.From,
                    Id = header.Id,
                    Lang = header.Lang,
                    Payload = payload,
                    Type = type,
                    Defect = header.Defect ?? (isBad ? StanzaErrorCondition.BadRequest : null),
                };
        }
    }

    private ref struct Header
    {
        public Jid? To;
        public Jid? From;
        public string? Id;
        public string? Lang;
        public int Type;
        public StanzaErrorCondition? Defect;
    }

    private static Header ReadHeader(in XmlScanner scanner, StanzaKind kind, ref RecentJids recent)
    {
        var header = new Header();
        var hasType = false;
        var malformed = false;
        for (var i = 0; i < scanner.AttributeCount; i++)
        {
            ref readonly var attribute = ref scanner.Attribute(i);
            var local = scanner.Local(attribute);
            if (attribute.Ns.Length > 0)
            {
                var isLang = attribute.Ns == Ns.Xml && local.SequenceEqual("lang"u8);
                header.Lang = isLang ? scanner.Value(attribute, common: true) : header.Lang;
            }
            else if (local.SequenceEqual("to"u8))
            {
                malformed |= (header.To = recent.Get(scanner, attribute)) is null;
            }
            else if (local.SequenceEqual("from"u8))
            {
                malformed |= (header.From = recent.Get(scanner, attribute)) is null;
            }
            else if (local.SequenceEqual("id"u8))
            {
                header.Id = scanner.Value(attribute);
            }
            else if (local.SequenceEqual("type"u8))
            {
                hasType = true;
                var type = attribute.NeedsDecoding ? Encoding.UTF8.GetBytes(scanner.Value(attribute)) : scanner.RawValue(attribute);
                header.Type = TypeOf(kind, type);
            }
        }

        // An iq must have a type; a message of an unknown type is a normal one (RFC 6121 §5.2.2), a presence is not to be guessed at.
        var badType = header.Type < 0 || (kind == StanzaKind.Iq && !hasType);
        header.Type = Math.Max(header.Type, 0);
        header.Defect = malformed ? StanzaErrorCondition.JidMalformed
            : badType && kind != StanzaKind.Message ? StanzaErrorCondition.BadRequest
            : null;
        return header;
    }

    private static int TypeOf(StanzaKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        StanzaKind.Message => StanzaTypes.Find(StanzaTypes.Messages, value),
        StanzaKind.Presence => StanzaTypes.Find(StanzaTypes.Presences, value),
        _ => StanzaTypes.Find(StanzaTypes.Iqs, value),
    };

    private static Payload ReadPayload(ref XmlScanner scanner, ReadOnlySpan<XmlBinding> scope, out int children)
    {
        var start = scanner.TokenEnd;
        var first = default(XName);
        children = 0;
        scanner.OuterBindings = scanner.BindingCount;
        while (true)
        {
            var token = scanner.Next();
            if (token == XmlToken.EndTag && scanner.Depth == 0)
            {
                break;
            }

            if (token == XmlToken.StartTag && scanner.Depth == 2)
            {
                first = children++ == 0 ? scanner.Name : first;
            }
        }

        var end = scanner.TokenStart;
        scanner.Next();
        if (start == end)
        {
            return Payload.Empty;
        }

        return new Payload(scanner.Leans ? Rewrite(ref scanner, scope) : scanner.Copy(start, end), first);
    }

    /// <summary>The content with all declarations that it needs: it leaned on some of the stanza's or of the stream header's.</summary>
    private static byte[] Rewrite(ref XmlScanner scanner, ReadOnlySpan<XmlBinding> scope)
    {
        scanner.Restart(scope);
        scanner.Next();
        var output = new ArrayBufferWriter<byte>();
        XmlOutput.WriteContent(output, ElementReader.ReadContent(ref scanner), Ns.Client);
        if (output.WrittenCount > Math.Max(MaxRewrittenBytes, 2 * scanner.Length))
        {
            throw XmlFaults.Policy($"Written anew, the stanza is longer than {MaxRewrittenBytes} bytes."); // escapes and declarations add up
        }

        return output.WrittenSpan.ToArray();
    }
}
