using MyChat.Server.Mailboxes;

namespace MyChat.Storage.Search;

/// <summary>What is searched for in an account's history.</summary>
internal sealed record SearchRequest
{
    public required string Text { get; init; }

    /// <summary>Only ids above this one.</summary>
    public long After { get; init; }

    /// <summary>Only ids below this one.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Only what was exchanged with the address of this number (<see cref="PeerKeys"/>).</summary>
    public long? Peer { get; init; }

    /// <summary>Segments that are wholly before this moment are passed over.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Segments that are wholly after this moment are passed over.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>What else an entry must be like.</summary>
    public Func<MailboxEntry, bool> Filter { get; init; } = _ => true;

    public int Limit { get; init; } = 100;

    /// <summary>Past this many bytes of stanzas a page ends, though it always holds one entry.</summary>
    public long MostBytes { get; init; } = 1_048_576;

    /// <summary>Whether the page holds the last entries that match, rather than the first.</summary>
    public bool FromEnd { get; init; }
}
