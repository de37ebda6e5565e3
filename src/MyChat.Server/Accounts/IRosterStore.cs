using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Accounts;

/// <summary>A contact as the account's server knows it (RFC 6121 §2, §3 and appendix A).</summary>
public sealed record RosterItem(BareJid Jid)
{
    public string? Name { get; init; }
    public IReadOnlyList<string> Groups { get; init; } = [];
    public SubscriptionState State { get; init; }

    /// <summary>Whether clients see the item; one that only holds a request waiting for an answer is not shown.</summary>
    public bool Listed { get; init; }

    /// <summary>The request that waits for an answer: a whole presence stanza as UTF-8, or null (RFC 6121 §3.1.3).</summary>
    public byte[]? Request { get; init; }
}

/// <summary>Where rosters live. A write completes when it is on disk; the roster's version is stored in the same transaction.</summary>
public interface IRosterStore
{
    ValueTask<IReadOnlyList<RosterItem>> LoadAsync(long account, CancellationToken cancellation);
    ValueTask SaveAsync(long account, RosterItem item, long rosterVersion, CancellationToken cancellation);
    ValueTask RemoveAsync(long account, BareJid contact, long rosterVersion, CancellationToken cancellation);
}
