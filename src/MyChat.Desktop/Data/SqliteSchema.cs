using System.Globalization;
using Microsoft.Data.Sqlite;
using MyChat.Client.Stores;

namespace MyChat.Desktop.Data;

/// <summary>The tables of an account's database, and how older files come to have them.</summary>
internal static class SqliteSchema
{
    // Each entry brings a file from the version of its index to the next. What was released is never changed, only added to.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE documents (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE messages (
            key TEXT NOT NULL PRIMARY KEY,
            contact TEXT NOT NULL,
            place INTEGER NOT NULL,
            mine INTEGER NOT NULL,
            body TEXT NOT NULL,
            state TEXT NOT NULL,
            time INTEGER NOT NULL, -- ticks of UTC
            format TEXT,
            error TEXT,
            id TEXT,
            stanza_id TEXT,
            delayed INTEGER NOT NULL,
            absence INTEGER NOT NULL);
        CREATE INDEX messages_place ON messages (contact, place, mine);
        CREATE INDEX messages_id ON messages (contact, id) WHERE id IS NOT NULL;
        CREATE INDEX messages_stanza_id ON messages (stanza_id) WHERE stanza_id IS NOT NULL;
        CREATE INDEX messages_queued ON messages (place) WHERE state = 'Queued';
        """,
    ];

    /// <summary>Brings the file to the newest version.</summary>
    /// <exception cref="StoreException">A newer program made it.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        // Each commit is on disk when it returns, and readers never wait for it.
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA user_version;";
        var version = 0;
        using (var reader = command.ExecuteReader())
        {
            do
            {
                while (reader.Read())
                {
                    _ = int.TryParse(reader.GetValue(0).ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out version);
                }
            }
            while (reader.NextResult());
        }

        if (version > Steps.Length)
        {
            throw new StoreException("The history on this device was written by a newer MyChat. Update this one to read it.", isFull: false);
        }

        for (; version < Steps.Length; version++)
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            command.CommandText = Steps[version] + string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1};");
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }
}
