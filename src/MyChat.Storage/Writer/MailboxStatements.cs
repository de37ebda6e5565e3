using System.Data;
using System.Data.Common;
using System.Runtime.InteropServices;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Writer;

/// <summary>
/// The prepared statements of the hot path: messages in, entries out, the cursor. A message is stored as one row, at the end of its table; its entries
/// in the logs of both sides are made later, of many messages at once and in the order of the logs (<see cref="File"/>): of an account's log the same
/// page is then written once for many entries, and not for each.
/// </summary>
internal sealed class MailboxStatements : IDisposable
{
    private readonly RowInsert messages;
    private readonly DbCommand file;
    private readonly DbCommand saveState;
    private readonly List<(int Ids, DbCommand[] Commands)> expunge = [];

    public MailboxStatements(DbConnection connection, DatabaseProvider provider)
    {
        var sizes = provider.StatementRows;
        messages = provider.PrepareInsert(connection, "message", "",
        [
            ("id", DbType.Int64), ("stamp", DbType.Int64), ("sender", DbType.Int64), ("recipient", DbType.Int64), ("stanza", DbType.Binary),
            ("flags", DbType.Int32), ("origin", DbType.Int64), ("sender_key", DbType.Int64), ("recipient_key", DbType.Int64),
        ]);
        // Leaving alone what is there: a slice that was filed before a crash, or what somebody else did who opened the database meanwhile.
        file = Prepare(connection,
            provider.InsertMissing(
                "mailbox",
                "account,id,flags,sender,peer",
                $"SELECT account,id,flags,sender,peer FROM ({Logs.EntriesOf("id>@after AND id<=@last")}) young WHERE account%@slices=@slice ORDER BY 1, 2"),
            ("@after", DbType.Int64), ("@last", DbType.Int64), ("@slices", DbType.Int64), ("@slice", DbType.Int64));
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
        messages.Add(Boxed.Flags[(received ? MailboxRow.Received : 0) | (sent ? MailboxRow.Sent : 0)
            | (received && write.Sides.HasFlag(MailboxSides.Transient) ? MailboxRow.Transient : 0)]);
        messages.Add(received ? sender : Boxed.Zero);
        messages.Add(received ? write.SenderKey : Boxed.Zero);
        messages.Add(sent ? write.RecipientKey : Boxed.Zero);
        return true;
    }

    public void Flush() => messages.Flush();

    public void Clear() => messages.Clear();

    /// <summary>Files the messages above an id up to another, in the logs of one slice of all accounts.</summary>
    public void File(long after, long last, int slices, int slice)
    {
        file.Parameters[0].Value = after;
        file.Parameters[1].Value = last;
        file.Parameters[2].Value = (long)slices;
        file.Parameters[3].Value = (long)slice;
        file.ExecuteNonQuery();
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
        file.Dispose();
        saveState.Dispose();
        foreach (var command in expunge.SelectMany(sized => sized.Commands))
        {
            command.Dispose();
        }
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
        public static readonly object[] Flags = [.. Enumerable.Range(0, (MailboxRow.Received | MailboxRow.Sent | MailboxRow.Transient) + 1)];
    }
}
