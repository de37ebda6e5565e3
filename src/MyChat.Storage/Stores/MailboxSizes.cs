using LinqToDB;
using LinqToDB.Data;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Stores;

/// <summary>How much room entries take up.</summary>
internal static class MailboxSizes
{
    private const int IdsPerQuery = 256;

    /// <summary>The bytes of the stanzas of these entries, as far as the account's log holds them.</summary>
    public static long Measure(DataConnection db, long account, IReadOnlyList<long> ids)
    {
        var bytes = 0L;
        foreach (var some in ids.Chunk(IdsPerQuery))
        {
            var sizes = from entry in db.GetTable<MailboxRow>()
                        join message in db.GetTable<MessageRow>() on entry.Id equals message.Id
                        where entry.Account == account && some.Contains(entry.Id)
                        select (long?)Size(message.Stanza);
            bytes += sizes.Sum() ?? 0;
        }
        return bytes;
    }

    /// <summary>The length of a stanza, which the database does not read for it.</summary>
    [Sql.Expression("octet_length({0})", ServerSideOnly = true)]
    public static long Size(byte[] bytes) => throw new NotSupportedException($"{bytes.Length} bytes are measured by the database only.");
}
