using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0077: In-Band Registration: names.</summary>
public static class Registration
{
    public const string Ns = "jabber:iq:register";
    public static readonly XName Query = new(Ns, "query");
    public static readonly XName Registered = new(Ns, "registered");
    public static readonly XName Instructions = new(Ns, "instructions");
    public static readonly XName Username = new(Ns, "username");
    public static readonly XName Password = new(Ns, "password");
    public static readonly XName Remove = new(Ns, "remove");
    public static readonly XName StreamFeature = new("http://jabber.org/features/iq-register", "register");
}
