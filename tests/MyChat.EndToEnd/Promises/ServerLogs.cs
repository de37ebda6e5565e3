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

    /// <summary>All entries of all logs.</summary>
    public static List<LogEntry> Read(ServerProcess server)
    {
        using var connection = Open(server);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT account.localpart, mailbox.id, mailbox.flags, message.stanza
            FROM mailbox JOIN message ON message.id=mailbox.id JOIN account ON account.id=mailbox.account ORDER BY mailbox.id
            """;
        using var reader = command.ExecuteReader();
        var entries = new List<LogEntry>();
        while (reader.Read())
        {
            var stanza = Element.Parse(reader.GetFieldValue<byte[]>(3));
            entries.Add(new LogEntry(
                Text(reader.GetValue(0)), reader.GetInt64(1), (reader.GetInt32(2) & ReceivedFlag) != 0, stanza.Child(XNames.Body)?.Text ?? ""));
        }
        return entries;
    }

    /// <summary>How many received entries the server does not know to be settled (a cursor, and ids above it, eight bytes each).</summary>
    public static long CountUnsettled(ServerProcess server, string localpart) => Count(
        server,
        """
        SELECT count(*) - (SELECT length(settled_above) FROM account WHERE localpart=@who) / 8
        FROM mailbox JOIN account ON account.id=mailbox.account
        WHERE account.localpart=@who AND mailbox.id > account.delivered AND (mailbox.flags & 1) <> 0
        """,
        localpart);

    /// <summary>How many entries this account's log holds, of either side.</summary>
    public static long CountEntries(ServerProcess server, string localpart) => Count(
        server, "SELECT count(*) FROM mailbox JOIN account ON account.id=mailbox.account WHERE account.localpart=@who", localpart);

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
