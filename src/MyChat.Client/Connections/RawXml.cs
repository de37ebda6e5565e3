using System.Buffers;
using System.Globalization;
using System.Text;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>XML that is written as text.</summary>
internal static class RawXml
{
    public static bool IsStanza(XName name) => name == XNames.Message || name == XNames.Presence || name == XNames.Iq;

    public static bool IsStanza(ReadOnlySpan<byte> xml) => Starts(xml, "<message"u8) || Starts(xml, "<presence"u8) || Starts(xml, "<iq"u8);

    private static bool Starts(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> tag)
    {
        xml = xml.TrimStart(" \t\r\n"u8);
        return xml.StartsWith(tag) && xml.Length > tag.Length && " \t\r\n/>"u8.Contains(xml[tag.Length]);
    }

    /// <summary>Writes one piece; where each stands alone it declares its namespace itself (RFC 7395 §3.3.2).</summary>
    public static void Write(ReadOnlySpan<byte> xml, bool isFramed, IBufferWriter<byte> output)
    {
        if (isFramed && !xml.StartsWith("<?"u8))
        {
            try
            {
                Element.Parse(xml).WriteTo(output, "");
                return;
            }
            catch (XmlStreamException)
            {
                // Wrong on purpose: it goes out as it is.
            }
        }
        output.Write(xml);
    }

    /// <summary>The count is read in the answer's turn: the later of two answers must not say less (a server takes that for far too much).</summary>
    public static void WriteAnswer(StreamManagement management, IBufferWriter<byte> output) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<a xmlns='urn:xmpp:sm:3' h='{management.Handled}'/>"), output);

    public static void WriteClose(bool isFramed, IBufferWriter<byte> output) =>
        output.Write(isFramed ? "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>"u8 : "</stream:stream>"u8);
}
