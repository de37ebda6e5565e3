using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>The look of a whole message, an extension of MyChat's own: the body stays plain text. Names.</summary>
public static class MessageFormats
{
    public const string Ns = "urn:mychat:format:0";
    public static readonly XName Format = new(Ns, "format");
}
