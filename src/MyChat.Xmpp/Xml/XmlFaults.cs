using MyChat.Xmpp.Streams;

namespace MyChat.Xmpp.Xml;

/// <summary>The exceptions of the XML layer, by condition (RFC 6120 §4.9.3).</summary>
internal static class XmlFaults
{
    /// <summary>Against XML 1.0 or Namespaces in XML (RFC 6120 §4.9.3.13).</summary>
    public static XmlStreamException NotWellFormed(string message) => new(StreamErrorCondition.NotWellFormed, message);

    /// <summary>XML, but a part of it that RFC 6120 §11.1 forbids.</summary>
    public static XmlStreamException Restricted(string message) => new(StreamErrorCondition.RestrictedXml, message);

    /// <summary>Past a limit of ours (RFC 6120 §4.9.3.14).</summary>
    public static XmlStreamException Policy(string message) => new(StreamErrorCondition.PolicyViolation, message);

    /// <summary>Not UTF-8 (RFC 6120 §4.9.3.22 names violations of UTF-8 too).</summary>
    public static XmlStreamException Encoding(string message) => new(StreamErrorCondition.UnsupportedEncoding, message);

    /// <summary>Text where only stanzas may stand (RFC 6120 §4.9.3.1).</summary>
    public static XmlStreamException Format(string message) => new(StreamErrorCondition.BadFormat, message);

    /// <summary>A prefix that nothing declares (RFC 6120 §4.9.3.2).</summary>
    public static XmlStreamException Prefix(string message) => new(StreamErrorCondition.BadNamespacePrefix, message);
}
