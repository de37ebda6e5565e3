using System.Globalization;
using System.Text;
using LinqToDB;
using LinqToDB.Async;
using MyChat.Modules;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Portable;

/// <summary>What an operator may want to know of an account.</summary>
/// <param name="Created">When it was made.</param>
/// <param name="Bytes">About what its received messages take up.</param>
/// <param name="Received">Messages in its history that it received.</param>
/// <param name="Sent">And that it sent.</param>
/// <param name="LastSeen">When its last session went; null when that never was, or nobody knows.</param>
public sealed record AccountFigures(DateTimeOffset Created, long Bytes, long Received, long Sent, DateTimeOffset? LastSeen)
{
    /// <summary>Reads them; null when there is no such account.</summary>
    public static async Task<AccountFigures?> ReadAsync(Database database, string localpart, CancellationToken cancellation)
    {
        var account = await database.ReadAsync(
            db => db.GetTable<AccountRow>().FirstOrDefaultAsync(row => row.Localpart == localpart, cancellation), cancellation);
        if (account is null)
        {
            return null;
        }
        var received = await CountAsync(database, account.Id, MailboxRow.Received, cancellation);
        var sent = await CountAsync(database, account.Id, MailboxRow.Sent, cancellation);
        var left = await new Stores.DocumentStore(database).GetAsync(account.Id, LastActivityModule.Kind, "", cancellation);
        return new AccountFigures(DateTimeOffset.FromUnixTimeMilliseconds(account.Created), account.MailboxBytes, received, sent, Time(left));
    }

    private static ValueTask<long> CountAsync(Database database, long account, int flag, CancellationToken cancellation) => database.ReadMailboxesAsync(
        db => db.Log().Where(row => row.Account == account && (row.Flags & flag) != 0).LongCountAsync(cancellation), cancellation);

    private static DateTimeOffset? Time(byte[]? document) =>
        document is not null && long.TryParse(Encoding.UTF8.GetString(document).Split('\n')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(time)
            : null;
}
