using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0199: XMPP Ping: names.</summary>
public static class Ping
{
    public const string Ns = "urn:xmpp:ping";
    public static readonly XName Query = new(Ns, "ping");
}
