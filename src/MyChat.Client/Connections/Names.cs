using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>The names that negotiation deals with.</summary>
internal static class Names
{
    public const string Register = "jabber:iq:register";

    public static readonly XName StartTls = new(Ns.Tls, "starttls");
    public static readonly XName Proceed = new(Ns.Tls, "proceed");
    public static readonly XName Mechanisms = new(Ns.Sasl, "mechanisms");
    public static readonly XName Mechanism = new(Ns.Sasl, "mechanism");
    public static readonly XName Challenge = new(Ns.Sasl, "challenge");
    public static readonly XName Success = new(Ns.Sasl, "success");
    public static readonly XName Failure = new(Ns.Sasl, "failure");
    public static readonly XName BindFeature = new(Ns.Bind, "bind");
    public static readonly XName SmFeature = new(Ns.StreamManagement, "sm");
    public static readonly XName SmEnabled = new(Ns.StreamManagement, "enabled");
    public static readonly XName SmResumed = new(Ns.StreamManagement, "resumed");
    public static readonly XName SmFailed = new(Ns.StreamManagement, "failed");
    public static readonly XName SmRequest = new(Ns.StreamManagement, "r");
    public static readonly XName SmAnswer = new(Ns.StreamManagement, "a");
    /// <summary>XEP-0440.</summary>
    public static readonly XName ChannelBindings = new("urn:xmpp:sasl-cb:0", "sasl-channel-binding");
    public static readonly XName ChannelBinding = new("urn:xmpp:sasl-cb:0", "channel-binding");
}
