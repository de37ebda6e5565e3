namespace MyChat.Xmpp.Xml;

/// <summary>The namespaces that more than one part of an XMPP program needs; a XEP's own stand in its file.</summary>
public static class Ns
{
    /// <summary>Bound to the prefix xml (Namespaces in XML §3).</summary>
    public const string Xml = "http://www.w3.org/XML/1998/namespace";

    /// <summary>Bound to the prefix xmlns (Namespaces in XML §3).</summary>
    public const string Xmlns = "http://www.w3.org/2000/xmlns/";

    /// <summary>Content of client streams (RFC 6120 §4.8.2).</summary>
    public const string Client = "jabber:client";

    /// <summary>Content of server streams (RFC 6120 §4.8.2).</summary>
    public const string Server = "jabber:server";

    /// <summary>The stream root, features and stream errors (RFC 6120 §4.8.1).</summary>
    public const string Streams = "http://etherx.jabber.org/streams";

    /// <summary>Conditions of stream errors (RFC 6120 §4.9.2).</summary>
    public const string StreamErrors = "urn:ietf:params:xml:ns:xmpp-streams";

    /// <summary>Conditions of stanza errors (RFC 6120 §8.3.2).</summary>
    public const string StanzaErrors = "urn:ietf:params:xml:ns:xmpp-stanzas";

    /// <summary>STARTTLS (RFC 6120 §5).</summary>
    public const string Tls = "urn:ietf:params:xml:ns:xmpp-tls";

    /// <summary>SASL (RFC 6120 §6).</summary>
    public const string Sasl = "urn:ietf:params:xml:ns:xmpp-sasl";

    /// <summary>Resource binding (RFC 6120 §7).</summary>
    public const string Bind = "urn:ietf:params:xml:ns:xmpp-bind";

    /// <summary>Session establishment, kept as a no-op (RFC 6121 §1.4).</summary>
    public const string Session = "urn:ietf:params:xml:ns:xmpp-session";

    /// <summary>open and close of WebSocket streams (RFC 7395 §3.3).</summary>
    public const string Framing = "urn:ietf:params:xml:ns:xmpp-framing";

    /// <summary>The roster (RFC 6121 §2).</summary>
    public const string Roster = "jabber:iq:roster";

    /// <summary>Roster versioning as a stream feature (RFC 6121 §2.6).</summary>
    public const string RosterVersioning = "urn:xmpp:features:rosterver";

    /// <summary>Subscription pre-approval as a stream feature (RFC 6121 §3.4).</summary>
    public const string PreApproval = "urn:xmpp:features:pre-approval";

    /// <summary>Stream management (XEP-0198).</summary>
    public const string StreamManagement = "urn:xmpp:sm:3";

    /// <summary>Delayed delivery (XEP-0203).</summary>
    public const string Delay = "urn:xmpp:delay";

    /// <summary>Forwarding (XEP-0297).</summary>
    public const string Forward = "urn:xmpp:forward:0";
}

/// <summary>Expanded names that more than one part needs.</summary>
public static class XNames
{
    public static readonly XName XmlLang = new(Ns.Xml, "lang");
    public static readonly XName Message = new(Ns.Client, "message");
    public static readonly XName Presence = new(Ns.Client, "presence");
    public static readonly XName Iq = new(Ns.Client, "iq");
    public static readonly XName Error = new(Ns.Client, "error");
    public static readonly XName Body = new(Ns.Client, "body");
    public static readonly XName Subject = new(Ns.Client, "subject");
    public static readonly XName Thread = new(Ns.Client, "thread");
    public static readonly XName Show = new(Ns.Client, "show");
    public static readonly XName Status = new(Ns.Client, "status");
    public static readonly XName Priority = new(Ns.Client, "priority");
    public static readonly XName Stream = new(Ns.Streams, "stream");
    public static readonly XName StreamFeatures = new(Ns.Streams, "features");
    public static readonly XName StreamError = new(Ns.Streams, "error");
    public static readonly XName StreamErrorText = new(Ns.StreamErrors, "text");
    public static readonly XName StanzaErrorText = new(Ns.StanzaErrors, "text");
    public static readonly XName FramingOpen = new(Ns.Framing, "open");
    public static readonly XName FramingClose = new(Ns.Framing, "close");
}
