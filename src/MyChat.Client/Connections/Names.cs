using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>The names that negotiation deals with.</summary>
internal static class Names
{
    public const string Client = "jabber:client";
    public const string Stream = "http://etherx.jabber.org/streams";
    public const string Framing = "urn:ietf:params:xml:ns:xmpp-framing";
    public const string Tls = "urn:ietf:params:xml:ns:xmpp-tls";
    public const string Bind = "urn:ietf:params:xml:ns:xmpp-bind";
    public const string Register = "jabber:iq:register";
    public const string Sm = "urn:xmpp:sm:3";
    public const string StreamErrors = "urn:ietf:params:xml:ns:xmpp-streams";

    public static readonly XName Features = new(Stream, "features");
    public static readonly XName StreamError = new(Stream, "error");
    public static readonly XName FramingOpen = new(Framing, "open");
    public static readonly XName FramingClose = new(Framing, "close");
    public static readonly XName StartTls = new(Tls, "starttls");
    public static readonly XName Proceed = new(Tls, "proceed");
    public static readonly XName Mechanisms = new(SaslMechanism.Ns, "mechanisms");
    public static readonly XName Mechanism = new(SaslMechanism.Ns, "mechanism");
    public static readonly XName Challenge = new(SaslMechanism.Ns, "challenge");
    public static readonly XName Success = new(SaslMechanism.Ns, "success");
    public static readonly XName Failure = new(SaslMechanism.Ns, "failure");
    public static readonly XName BindFeature = new(Bind, "bind");
    public static readonly XName SmFeature = new(Sm, "sm");
    public static readonly XName SmEnabled = new(Sm, "enabled");
    public static readonly XName SmResumed = new(Sm, "resumed");
    public static readonly XName SmFailed = new(Sm, "failed");
    public static readonly XName SmRequest = new(Sm, "r");
    public static readonly XName SmAnswer = new(Sm, "a");
    /// <summary>XEP-0440.</summary>
    public static readonly XName ChannelBindings = new("urn:xmpp:sasl-cb:0", "sasl-channel-binding");
    public static readonly XName ChannelBinding = new("urn:xmpp:sasl-cb:0", "channel-binding");
}
