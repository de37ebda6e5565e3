using System.Data;
using System.Data.Common;
using System.Runtime.InteropServices;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Writer;

/// <summary>The prepared statements of the hot path: entries in, entries out, the cursor.</summary>
internal sealed class MailboxStatements : IDisposable
{
    private readonly MultiRowInsert messages;
    private readonly MultiRowInsert entries;
    private readonly DbCommand saveState;
    private readonly List<(int Ids, DbCommand[] Commands)> expunge = [];

    public MailboxStatements(DbConnection connection, IReadOnlyList<int> sizes)
    {
        messages = new MultiRowInsert(connection, sizes, "message",
            ("id", DbType.Int64), ("stamp", DbType.Int64), ("sender", DbType.Int64), ("recipient", DbType.Int64), ("stanza", DbType.Binary));
        entries = new MultiRowInsert(connection, sizes, "mailbox",
            ("account", DbType.Int64), ("id", DbType.Int64), ("flags", DbType.Int32), ("sender", DbType.Int64), ("peer", DbType.Int64));
        saveState = Prepare(connection,
            "UPDATE account SET delivered=@delivered, settled_above=@settled, mailbox_bytes=@bytes WHERE id=@account AND localpart IS NOT NULL",
            ("@delivered", DbType.Int64), ("@settled", DbType.Binary), ("@bytes", DbType.Int64), ("@account", DbType.Int64));
        foreach (var size in sizes)
        {
            expunge.Add((size, PrepareExpunge(connection, size)));
        }
    }

    /// <summary>Adds a write to the rows of the next <see cref="Flush"/>; false when there is nothing of it to store.</summary>
    public bool Add(MailboxWrite write, bool keepSender)
    {
        var received = write.Sides.HasFlag(MailboxSides.Recipient);
        // To oneself there is one entry, the received one.
        var sent = keepSender && write.Sides.HasFlag(MailboxSides.Sender) && !(received && write.SenderAccount == write.RecipientAccount);
        if (!received && !sent)
        {
            return false;
        }
        object id = write.Id;
        object sender = write.SenderAccount;
        object recipient = write.RecipientAccount;
        messages.Add(id);
        messages.Add(write.Stamp.ToUnixTimeMilliseconds());
        messages.Add(sent ? sender : Boxed.Zero);
        messages.Add(received ? recipient : Boxed.Zero);
        messages.Add(Bytes(write.Stanza));
        if (received)
        {
            AddEntry(recipient, id, write.Sides.HasFlag(MailboxSides.Transient) ? Boxed.ReceivedTransient : Boxed.Received, sender, write.SenderKey);
        }
        if (sent)
        {
            AddEntry(sender, id, Boxed.Sent, Boxed.Zero, write.RecipientKey);
        }
        return true;
    }

    public void Flush()
    {
        messages.Flush();
        entries.Flush();
    }

    public void Clear()
    {
        messages.Clear();
        entries.Clear();
    }

    /// <summary>Keeps an account's cursor; false when there is no such account.</summary>
    public bool SaveState(long account, MailboxState state)
    {
        saveState.Parameters[0].Value = state.Delivered;
        saveState.Parameters[1].Value = SettledIds.Write(state.SettledAbove);
        saveState.Parameters[2].Value = state.Bytes;
        saveState.Parameters[3].Value = account;
        return saveState.ExecuteNonQuery() == 1;
    }

    /// <summary>Removes an account's side of these entries, and the messages that nobody holds then.</summary>
    public void Expunge(long account, IReadOnlyList<long> ids)
    {
        var next = 0;
        foreach (var (size, commands) in expunge)
        {
            for (; ids.Count - next >= size; next += size)
            {
                foreach (var command in commands)
                {
                    command.Parameters[0].Value = account;
                    for (var i = 0; i < size; i++)
                    {
                        command.Parameters[i + 1].Value = ids[next + i];
                    }
                    command.ExecuteNonQuery();
                }
            }
        }
    }

    public void Dispose()
    {
        messages.Dispose();
        entries.Dispose();
        saveState.Dispose();
        foreach (var command in expunge.SelectMany(sized => sized.Commands))
        {
            command.Dispose();
        }
    }

    private void AddEntry(object account, object id, object flags, object sender, object peer)
    {
        entries.Add(account);
        entries.Add(id);
        entries.Add(flags);
        entries.Add(sender);
        entries.Add(peer);
    }

    private static DbCommand[] PrepareExpunge(DbConnection connection, int size)
    {
        var ids = Enumerable.Range(0, size).Select(i => "@i" + i).ToList();
        var list = string.Join(',', ids);
        var parameters = ids.Prepend("@account").Select(name => (name, DbType.Int64)).ToArray();
        return
        [
            Prepare(connection, $"DELETE FROM mailbox WHERE account=@account AND id IN ({list})", parameters),
            // First what nobody else holds: a row that goes need not be rewritten before.
            Prepare(connection, $"DELETE FROM message WHERE id IN ({list}) AND sender IN (0,@account) AND recipient IN (0,@account)", parameters),
            Prepare(connection,
                "UPDATE message SET sender=CASE sender WHEN @account THEN 0 ELSE sender END, " +
                "recipient=CASE recipient WHEN @account THEN 0 ELSE recipient END " +
                $"WHERE id IN ({list}) AND (sender=@account OR recipient=@account)", parameters),
        ];
    }

    private static DbCommand Prepare(DbConnection connection, string sql, params (string Name, DbType Type)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, type) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.DbType = type;
            command.Parameters.Add(parameter);
        }
        command.Prepare();
        return command;
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> stanza) =>
        MemoryMarshal.TryGetArray(stanza, out var segment) && segment.Array is { } array && array.Length == stanza.Length ? array : stanza.ToArray();

    /// <summary>Parameters are objects: what is the same in every row is made once.</summary>
    private static class Boxed
    {
        public static readonly object Zero = 0L;
        public static readonly object Received = MailboxRow.Received;
        public static readonly object ReceivedTransient = MailboxRow.Received | MailboxRow.Transient;
        public static readonly object Sent = MailboxRow.Sent;
    }
}
