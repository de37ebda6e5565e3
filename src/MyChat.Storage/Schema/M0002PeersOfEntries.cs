using System.Data;
using System.Data.Common;
using FluentMigrator;
using MyChat.Server.Mailboxes;

namespace MyChat.Storage.Schema;

/// <summary>Entries are found by whom they are from or for, which until now only the stanzas told.</summary>
[Migration(2, "Whom the entries of mailboxes are from and for")]
public sealed class M0002PeersOfEntries : SchemaMigration
{
    private const int EntriesPerPage = 1000;

    public override void Up()
    {
        if (!Schema.Table("mailbox").Column("peer").Exists())
        {
            Execute.Sql("ALTER TABLE mailbox ADD COLUMN peer BIGINT NOT NULL DEFAULT 0");
        }
        if (!Schema.Table("mailbox").Index("mailbox_peer").Exists())
        {
            Execute.WithConnection(FillIn);
            Execute.Sql("CREATE INDEX mailbox_peer ON mailbox(account, peer, id)");
        }
    }

    private static void FillIn(IDbConnection connection, IDbTransaction? transaction)
    {
        var (account, id) = (0L, 0L);
        using var read = Command(
            connection, transaction,
            "SELECT b.account, b.id, b.flags, m.stanza FROM mailbox b JOIN message m ON m.id=b.id "
            + "WHERE b.account>@account OR (b.account=@account AND b.id>@id) ORDER BY b.account, b.id LIMIT " + EntriesPerPage,
            "@account", "@id");
        using var write = Command(connection, transaction, "UPDATE mailbox SET peer=@peer WHERE account=@account AND id=@id", "@peer", "@account", "@id");
        while (true)
        {
            Set(read, account, id);
            var page = ReadPage(read);
            foreach (var entry in page)
            {
                if (StoredAddresses.PeerOf(entry.Stanza, (entry.Flags & MailboxRow.Received) != 0) is { } peer)
                {
                    Set(write, PeerKeys.Of(peer), entry.Account, entry.Id);
                    write.ExecuteNonQuery();
                }
                (account, id) = (entry.Account, entry.Id);
            }
            if (page.Count < EntriesPerPage)
            {
                return;
            }
        }
    }

    private static List<(long Account, long Id, int Flags, byte[] Stanza)> ReadPage(IDbCommand read)
    {
        var page = new List<(long, long, int, byte[])>();
        using var rows = read.ExecuteReader();
        while (rows.Read())
        {
            page.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetInt32(2), (byte[])rows.GetValue(3)));
        }
        return page;
    }

    private static DbCommand Command(IDbConnection connection, IDbTransaction? transaction, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = ((DbConnection)connection).CreateCommand();
        command.Transaction = (DbTransaction?)transaction;
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = (name, DbType.Int64);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static void Set(DbCommand command, params ReadOnlySpan<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }
}
