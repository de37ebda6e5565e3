using System.Text;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Search;

/// <summary>What of a message is searched: its bodies and its subject.</summary>
public static class MessageWords
{
    /// <summary>The text of a whole message element, a line for each body and subject; empty when there is none, or when the bytes are no element.</summary>
    /// <param name="message">UTF-8, self-contained where jabber:client is the default namespace.</param>
    public static string Read(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("body"u8) < 0 && message.IndexOf("subject"u8) < 0)
        {
            return "";
        }
        var scratch = XmlScratch.Rent();
        try
        {
            var scanner = new XmlScanner(message, scratch, [new XmlBinding { Ns = Ns.Client }], XmlScratch.MaxDepth);
            return Read(ref scanner);
        }
        catch (XmlStreamException)
        {
            return ""; // what cannot be read cannot be found; who shows it will say so
        }
        finally
        {
            XmlScratch.Return(scratch);
        }
    }

    private static string Read(ref XmlScanner scanner)
    {
        var text = new StringBuilder();
        var fields = 0;
        var isInside = false;
        for (var token = scanner.Next(); token != XmlToken.End; token = scanner.Next())
        {
            if (token == XmlToken.StartTag && scanner.Depth == 2)
            {
                isInside = scanner.NsName == Ns.Client && (scanner.LocalName.SequenceEqual("body"u8) || scanner.LocalName.SequenceEqual("subject"u8));
                text.Append(isInside && fields++ > 0 ? "\n" : "");
            }
            else if (token == XmlToken.Text && isInside && scanner.Depth == 2)
            {
                text.Append(scanner.Text());
            }
        }
        return text.ToString();
    }
}
