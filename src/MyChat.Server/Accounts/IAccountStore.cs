using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Sasl;

namespace MyChat.Server.Accounts;

/// <summary>An account as it is stored.</summary>
/// <param name="Id">Never 0, never given again after a deletion.</param>
/// <param name="RosterVersion">Grows by one with each change of the roster (RFC 6121 §2.6).</param>
public sealed record AccountRecord(long Id, string Localpart, DateTimeOffset Created, long RosterVersion, MailboxState Mailbox);

/// <summary>Where accounts live. A write completes when it is on disk.</summary>
public interface IAccountStore
{
    ValueTask<AccountRecord?> FindAsync(string localpart, CancellationToken cancellation);

    ValueTask<ScramKeys?> FindKeysAsync(string localpart, ScramHash hash, CancellationToken cancellation);

    /// <summary>Makes an account; null when the name is taken.</summary>
    ValueTask<AccountRecord?> CreateAsync(string localpart, IReadOnlyList<ScramKeys> keys, DateTimeOffset created, CancellationToken cancellation);

    ValueTask SetKeysAsync(long account, IReadOnlyList<ScramKeys> keys, CancellationToken cancellation);

    /// <summary>Removes the account and all its data; of shared messages its own side.</summary>
    ValueTask DeleteAsync(long account, CancellationToken cancellation);

    /// <summary>All accounts, by name.</summary>
    IAsyncEnumerable<AccountRecord> ListAsync(CancellationToken cancellation);
}

/// <summary>Random secrets that belong to this server for ever: made on first use, kept in the database.</summary>
public interface ISecretStore
{
    ValueTask<byte[]> GetOrCreateAsync(string name, int bytes, CancellationToken cancellation);
}

/// <summary>What modules keep for an account: small documents by kind and key. A write completes when it is on disk.</summary>
public interface IDocumentStore
{
    ValueTask<byte[]?> GetAsync(long account, string kind, string key, CancellationToken cancellation);

    /// <summary>Keeps a document; null removes it. One that <paramref name="mayWait"/> is on disk within a second, together with what else is written then.</summary>
    ValueTask SetAsync(long account, string kind, string key, byte[]? content, CancellationToken cancellation, bool mayWait = false);

    /// <summary>The bytes that all documents of this kind take up, and how many they are.</summary>
    ValueTask<(int Count, long Bytes)> MeasureAsync(long account, string kind, CancellationToken cancellation);
}
