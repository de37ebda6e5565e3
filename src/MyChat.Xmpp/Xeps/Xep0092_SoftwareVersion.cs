using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0092: Software Version: names.</summary>
public static class SoftwareVersion
{
    public const string Ns = "jabber:iq:version";
    public static readonly XName Query = new(Ns, "query");
    public static readonly XName Name = new(Ns, "name");
    public static readonly XName Version = new(Ns, "version");
}
