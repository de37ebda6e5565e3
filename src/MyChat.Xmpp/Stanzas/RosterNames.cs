using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Stanzas;

/// <summary>The names of a roster (RFC 6121 §2.1).</summary>
public static class RosterNames
{
    public static readonly XName Query = new(Ns.Roster, "query");
    public static readonly XName Item = new(Ns.Roster, "item");
    public static readonly XName Group = new(Ns.Roster, "group");
    public static readonly XName VersioningFeature = new(Ns.RosterVersioning, "ver");
    public static readonly XName PreApprovalFeature = new(Ns.PreApproval, "sub");
}
