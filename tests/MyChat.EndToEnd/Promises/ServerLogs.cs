using System.Data.Common;
using System.Globalization;
using System.Text;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.EndToEnd.Promises;

/// <summary>Reads the database of a server, past the server.</summary>
internal static class ServerLogs
{
    private const int ReceivedFlag = 1;

    // What is filed in the logs, and what will be; what some accounts have already is both.
    private const string Entries =
        """
        (SELECT account, id, flags FROM mailbox
        UNION SELECT recipient, id, flags & 5 FROM message WHERE (flags & 1)<>0 AND id>coalesce((SELECT max(value) FROM meta WHERE name='mailbox.filed'),0)
        UNION SELECT sender, id, 2 FROM message WHERE (flags & 2)<>0 AND id>coalesce((SELECT max(value) FROM meta WHERE name='mailbox.filed'),0)) mailbox
        """;

    /// <summary>All entries of all logs.</summary>
    public static List<LogEntry> Read(ServerProcess server)
    {
        using var connection = Open(server);
        return Read(connection);
    }

    /// <summary>All entries of all logs, by an open connection.</summary>
    public static List<LogEntry> Read(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT account.localpart, mailbox.id, mailbox.flags, message.stanza
            FROM {Entries} JOIN message ON message.id=mailbox.id JOIN account ON account.id=mailbox.account ORDER BY mailbox.id
            """;
        using var reader = command.ExecuteReader();
        var entries = new List<LogEntry>();
        var bodies = new Dictionary<long, string>(); // both sides' entries have the same
        while (reader.Read())
        {
            var id = reader.GetInt64(1);
            if (!bodies.TryGetValue(id, out var body))
            {
                bodies.Add(id, body = Element.Parse(reader.GetFieldValue<byte[]>(3)).Child(XNames.Body)?.Text ?? "");
            }
            entries.Add(new LogEntry(Text(reader.GetValue(0)), id, (reader.GetInt32(2) & ReceivedFlag) != 0, body));
        }
        return entries;
    }

    /// <summary>How many received entries the server does not know to be settled (a cursor, and ids above it, eight bytes each).</summary>
    public static long CountUnsettled(ServerProcess server, string localpart) => Count(
        server,
        $"""
        SELECT count(*) - (SELECT length(settled_above) FROM account WHERE localpart=@who) / 8
        FROM {Entries} JOIN account ON account.id=mailbox.account
        WHERE account.localpart=@who AND mailbox.id > account.delivered AND (mailbox.flags & 1) <> 0
        """,
        localpart);

    /// <summary>How many entries this account's log holds, of either side.</summary>
    public static long CountEntries(ServerProcess server, string localpart) => Count(
        server, $"SELECT count(*) FROM {Entries} JOIN account ON account.id=mailbox.account WHERE account.localpart=@who", localpart);

    /// <summary>How many messages there are in all.</summary>
    public static long CountMessages(ServerProcess server) => Count(server, "SELECT count(*) FROM message WHERE @who<>''", "anybody");

    private static long Count(ServerProcess server, string sql, string localpart)
    {
        using var connection = Open(server);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var who = command.CreateParameter();
        (who.ParameterName, who.Value) = ("@who", localpart);
        command.Parameters.Add(who);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>A name, which some databases keep as bytes.</summary>
    private static string Text(object value) => value as string ?? Encoding.UTF8.GetString((byte[])value);

    private static DbConnection Open(ServerProcess server)
    {
        var connection = server.ConnectToDatabase();
        connection.Open();
        return connection;
    }
}
