using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0334: Message Processing Hints: names.</summary>
public static class MessageProcessingHints
{
    public const string Ns = "urn:xmpp:hints";
    public static readonly XName NoCopy = new(Ns, "no-copy");
    public static readonly XName NoStore = new(Ns, "no-store");
    public static readonly XName NoPermanentStore = new(Ns, "no-permanent-store");
    public static readonly XName Store = new(Ns, "store");
}
