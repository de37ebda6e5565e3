using MyChat.Xmpp.Xml;

namespace MyChat.Server.Streams;

/// <summary>A session's side of XEP-0198.</summary>
internal sealed class StreamManagement(string? resumptionId)
{
    public static readonly XName Enable = new(Ns.StreamManagement, "enable");
    public static readonly XName Enabled = new(Ns.StreamManagement, "enabled");
    public static readonly XName Resume = new(Ns.StreamManagement, "resume");
    public static readonly XName Resumed = new(Ns.StreamManagement, "resumed");
    public static readonly XName Failed = new(Ns.StreamManagement, "failed");
    public static readonly XName Request = new(Ns.StreamManagement, "r");
    public static readonly XName Answer = new(Ns.StreamManagement, "a");
    public static readonly XName HandledCountTooHigh = new(Ns.StreamManagement, "handled-count-too-high");

    private volatile bool _owed;

    /// <summary>The id that resumes this stream, or null when the client did not ask for resumption.</summary>
    public string? ResumptionId { get; } = resumptionId;

    /// <summary>What the client sent, and up to which stanza it is handled. Safe from anywhere.</summary>
    public HandledWindow Inbound { get; } = new();

    /// <summary>How many of our stanzas the client said it has.</summary>
    public uint Acknowledged { get; set; }

    /// <summary>Whether an &lt;r/&gt; of ours is under way.</summary>
    public bool Asked { get; set; }

    /// <summary>Whether the client asked how far we are and not all before its question is handled yet. Safe from anywhere.</summary>
    public bool Owed { get => _owed; set => _owed = value; }

    /// <summary>The number that the client's question wants to see.</summary>
    public uint OwedUpTo { get; set; }
}
