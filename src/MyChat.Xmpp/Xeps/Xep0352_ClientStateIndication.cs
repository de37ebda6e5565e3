using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0352: Client State Indication: names.</summary>
public static class ClientState
{
    public const string Ns = "urn:xmpp:csi:0";
    public static readonly XName Feature = new(Ns, "csi");
    public static readonly XName Active = new(Ns, "active");
    public static readonly XName Inactive = new(Ns, "inactive");
}
