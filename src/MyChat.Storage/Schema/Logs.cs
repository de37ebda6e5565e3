using LinqToDB;
using LinqToDB.Data;

namespace MyChat.Storage.Schema;

/// <summary>The logs of mailboxes as queries see them.</summary>
internal static class Logs
{
    private const string AreYoung = $"id>coalesce((SELECT max(value) FROM meta WHERE name='{MetaRow.Filed}'),0)";

    /// <summary>The query of the entries that belong to the messages of which a condition is true.</summary>
    public static string EntriesOf(string condition) =>
        $"""
        SELECT recipient AS account, id, flags-(flags & {MailboxRow.Sent}) AS flags, origin AS sender, sender_key AS peer
        FROM message WHERE {condition} AND recipient<>0 AND (flags & {MailboxRow.Received})<>0
        UNION ALL
        SELECT sender, id, {MailboxRow.Sent}, 0, recipient_key
        FROM message WHERE {condition} AND sender<>0 AND (flags & {MailboxRow.Sent})<>0
        """;

    // Some of the accounts may have theirs already.
    private static readonly string Whole =
        $"""
        SELECT account, id, flags, sender, peer FROM mailbox
        UNION ALL
        SELECT account, id, flags, sender, peer FROM ({EntriesOf(AreYoung)}) young
        WHERE NOT EXISTS (SELECT 1 FROM mailbox there WHERE there.account=young.account AND there.id=young.id)
        """;

    /// <summary>All entries that are filed; by a <see cref="YoungToo"/> those as well that are not.</summary>
    public static IQueryable<MailboxRow> Log(this IDataContext db) => db is YoungToo ? db.FromSql<MailboxRow>(Whole) : db.GetTable<MailboxRow>();

    /// <summary>The same entries, to be read FROM in SQL.</summary>
    /// <param name="hint">Of the database, where only what is filed is read.</param>
    public static string Source(IDataContext db, string hint = "") => db is YoungToo ? $"({Whole}) mailbox" : $"mailbox {hint}";
}

/// <summary>Sees what is not filed yet, at the price that no index leads to it: for when filing is not possible, on a full disk for example.</summary>
internal sealed class YoungToo(DataOptions options) : DataConnection(options);
