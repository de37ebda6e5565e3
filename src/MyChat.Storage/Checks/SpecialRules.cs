using System.Data.Common;
using System.Text.Json;
using LinqToDB.Data;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;
using MyChat.Xmpp.Jids;

namespace MyChat.Storage.Checks;

/// <summary>Entries of a side that their message does not name: it would go with the other side, and take these along.</summary>
internal sealed class UnclaimedEntries() : CheckRule("entry-unclaimed", "entries whose message does not know that it is in that mailbox")
{
    private const string Wrong = "FROM mailbox JOIN message ON message.id=mailbox.id "
        + "WHERE (mailbox.flags%2=1 AND message.recipient<>mailbox.account) OR (mailbox.flags%2=0 AND message.sender<>mailbox.account)";

    public override long Count(DbConnection connection) => Number(connection, $"SELECT count(*) {Wrong}");

    public override void Mend(WriterSession session)
    {
        var rows = session.Db.Query<MailboxRow>($"SELECT mailbox.account, mailbox.id, mailbox.flags, mailbox.sender {Wrong}").ToList();
        foreach (var row in rows)
        {
            var side = (row.Flags & MailboxRow.Received) != 0 ? "recipient" : "sender";
            session.Db.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"UPDATE message SET {side}={row.Account} WHERE id={row.Id}"));
        }
    }
}

/// <summary>No id may be given twice, not even one of a message that is gone.</summary>
internal sealed class MessageIds() : CheckRule("message-ids", "messages with an id that was not reserved")
{
    private const string Reserved = $"(SELECT coalesce(max(value),0) FROM meta WHERE name='{MetaRow.ReservedIds}')";

    public override long Count(DbConnection connection) => Number(connection, $"SELECT count(*) FROM message WHERE id>{Reserved}");

    public override void Mend(WriterSession session) => session.Reserve(session.HighestId() + StoreWriter.IdBlock);
}

internal sealed class AccountIds() : CheckRule("account-ids", "accounts with a number that the database has not given")
{
    public override bool CanMend => false; // the next account would be refused, and nobody harmed

    public override long Count(DbConnection connection)
    {
        var given = Provider?.ReadCounter(connection, "account", "id") ?? long.MaxValue;
        return Number(connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SELECT count(*) FROM account WHERE id>{given}"));
    }

    /// <summary>Of the database that is looked at.</summary>
    public DatabaseProvider? Provider { get; set; }
}

/// <summary>A cursor above what was given would hide messages to come; ids beside it that are not above it make no sense.</summary>
internal sealed class Cursors() : CheckRule("cursor", "accounts whose cursor points to where no message has been")
{
    public override long Count(DbConnection connection) => Wrong(connection).Count;

    public override void Mend(WriterSession session)
    {
        var highest = session.HighestId();
        foreach (var (account, delivered, above) in Wrong(session.Connection))
        {
            var right = Math.Clamp(delivered, 0, highest);
            var whole = above.AsSpan(0, above.Length - (above.Length % sizeof(long)));
            var settled = SettledIds.Read(whole).Where(id => id > right && id <= highest).Distinct().Order().ToList();
            session.Db.Execute("UPDATE account SET delivered=@delivered, settled_above=@above WHERE id=@account",
                new DataParameter("delivered", right), new DataParameter("above", SettledIds.Write(settled)), new DataParameter("account", account));
        }
    }

    private static List<(long Account, long Delivered, byte[] Above)> Wrong(DbConnection connection)
    {
        var highest = Math.Max(Number(connection, $"SELECT max(value) FROM meta WHERE name='{MetaRow.ReservedIds}'"), Number(connection, "SELECT max(id) FROM message"));
        var wrong = new List<(long, long, byte[])>();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, delivered, settled_above FROM account WHERE localpart IS NOT NULL ORDER BY id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var (delivered, above) = (reader.GetInt64(1), (byte[])reader.GetValue(2));
            if (!IsRight(delivered, above, highest))
            {
                wrong.Add((reader.GetInt64(0), delivered, above));
            }
        }
        return wrong;
    }

    private static bool IsRight(long delivered, byte[] above, long highest)
    {
        if (delivered < 0 || delivered > highest || above.Length % sizeof(long) != 0)
        {
            return false;
        }
        var last = delivered;
        foreach (var id in SettledIds.Read(above))
        {
            if (id <= last || id > highest)
            {
                return false;
            }
            last = id;
        }
        return true;
    }
}

/// <summary>Contacts that the server could not read: the account could not be loaded.</summary>
internal sealed class UnreadableContacts() : CheckRule("contact-unreadable", "contacts that cannot be read")
{
    public override bool CanMend => false;

    public override long Count(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT jid, group_names FROM roster";
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        var count = 0L;
        while (reader.Read())
        {
            var jid = reader.GetValue(0) is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : reader.GetString(0);
            count += BareJid.TryParse(jid, out _) && IsList(reader.GetString(1)) ? 0 : 1;
        }
        return count;
    }

    private static bool IsList(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(json) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
