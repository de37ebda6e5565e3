using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MyChat.Testing.Plays;

/// <summary>Reads pieces of a stream with the platform's XML reader: a second opinion on what our own writer wrote.</summary>
internal static class PlayXml
{
    /// <summary>Names in it are not part of any protocol.</summary>
    public const string Ns = "urn:mychat:play";

    public static XElement Parse(string xml)
    {
        var names = new NameTable();
        var namespaces = new XmlNamespaceManager(names);
        namespaces.AddNamespace("", "jabber:client");
        namespaces.AddNamespace("stream", "http://etherx.jabber.org/streams");
        namespaces.AddNamespace("play", Ns);
        var settings = new XmlReaderSettings
        {
            NameTable = names,
            ConformanceLevel = ConformanceLevel.Fragment,
            DtdProcessing = DtdProcessing.Prohibit,
        };
        using var reader = XmlReader.Create(new StringReader(xml), settings, new XmlParserContext(names, namespaces, null, XmlSpace.None));
        reader.MoveToContent();
        return (XElement)XNode.ReadFrom(reader);
    }

    /// <summary>Makes XML of a pattern: … inside a start tag becomes an attribute that says so.</summary>
    public static XElement ParsePattern(string pattern)
    {
        var xml = new StringBuilder(pattern.Length + 32);
        var inTag = false;
        var quote = '\0';
        foreach (var c in pattern)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (inTag && c is '\'' or '"')
            {
                quote = c;
            }
            else
            {
                inTag = c == '<' || (inTag && c != '>');
            }
            xml.Append(inTag && quote == '\0' && c == '…' ? " play:more=''" : c.ToString());
        }
        try
        {
            return Parse(xml.ToString());
        }
        catch (XmlException wrong)
        {
            throw new ArgumentException($"The pattern is no XML: {wrong.Message}\n{pattern}", nameof(pattern), wrong);
        }
    }
}
