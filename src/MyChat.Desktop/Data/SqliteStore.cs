using System.Text.Json;
using Microsoft.Data.Sqlite;
using MyChat.Client.Conversations;
using MyChat.Client.History;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Desktop.Data;

/// <summary>An account's history in a SQLite file of its own.</summary>
internal sealed class SqliteStore : IClientStore
{
    private const string Columns =
        "key, contact, place, mine, body, state, time, format, error, id, stanza_id, delayed, absence";

    private readonly SqliteConnection _connection;
    private readonly string _file;

    private SqliteStore(SqliteConnection connection, string file) => (_connection, _file) = (connection, file);

    /// <summary>
    /// Opens an account's file, or makes it. One that is damaged is set aside under another name, and a new one is begun.
    /// </summary>
    /// <param name="setAside">Told where the damaged file is now.</param>
    /// <param name="maxPages">For tests: the disk is full beyond so many pages of 4 KiB.</param>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static SqliteStore Open(string file, TimeProvider time, Action<string>? setAside = null, int? maxPages = null)
    {
        if (!SqliteDamage.IsKnown(file))
        {
            try
            {
                return OpenOnce(file, maxPages);
            }
            catch (StoreException e) when (SqliteDamage.Is(e))
            {
                // Below.
            }
        }

        setAside?.Invoke(SqliteDamage.SetAside(file, time));
        return OpenOnce(file, maxPages);
    }

    public ValueTask<IReadOnlyDictionary<string, string>> ReadDocumentsAsync(string prefix, CancellationToken cancellationToken) => Run(() =>
    {
        using var command = Command("SELECT key, value FROM documents WHERE substr(key, 1, length($prefix)) = $prefix", ("$prefix", prefix));
        using var reader = command.ExecuteReader();
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            documents.Add(reader.GetString(0), reader.GetString(1));
        }

        return (IReadOnlyDictionary<string, string>)documents;
    });

    public ValueTask<IReadOnlyList<ChatMessage>> ReadMessagesAsync(
        BareJid contact, long after, long before, int count, bool fromStart, CancellationToken cancellationToken) => Run(() =>
    {
        var direction = fromStart ? "ASC" : "DESC";
        var messages = Read(
            $"WHERE contact = $contact AND place > $after AND place < $before ORDER BY place {direction}, key {direction} LIMIT $count",
            ("$contact", contact.ToString()), ("$after", after), ("$before", before), ("$count", Math.Max(0, count)));
        if (!fromStart)
        {
            messages.Reverse();
        }

        return (IReadOnlyList<ChatMessage>)messages;
    });

    public ValueTask<int> CountReceivedAsync(BareJid contact, long after, CancellationToken cancellationToken) => Run(() =>
    {
        using var command = Command(
            "SELECT count(*) FROM messages WHERE contact = $contact AND place > $after AND mine = 0", ("$contact", contact.ToString()), ("$after", after));
        return (int)(long)command.ExecuteScalar()!;
    });

    public ValueTask<ChatMessage?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        Run(() => Read("WHERE key = $key", ("$key", key)).SingleOrDefault());

    public ValueTask<IReadOnlyList<ChatMessage>> FindByIdAsync(BareJid contact, string id, CancellationToken cancellationToken) => Run(() =>
        (IReadOnlyList<ChatMessage>)Read("WHERE contact = $contact AND id = $id ORDER BY place, key", ("$contact", contact.ToString()), ("$id", id)));

    public ValueTask<ChatMessage?> FindByStanzaIdAsync(string stanzaId, CancellationToken cancellationToken) =>
        Run(() => Read("WHERE stanza_id = $id LIMIT 1", ("$id", stanzaId)).SingleOrDefault());

    public ValueTask<IReadOnlyList<ChatMessage>> SearchAsync(
        string text, BareJid? contact, long before, int count, CancellationToken cancellationToken) => Run(() =>
    {
        // SQLite's LIKE folds the case of ASCII only, and the words are few enough to be looked for one message after the other.
        var words = SearchText.Words(text);
        _connection.CreateFunction("has_words", (string body) => SearchText.Has(body, words));
        return (IReadOnlyList<ChatMessage>)Read(
            "WHERE place < $before AND ($contact IS NULL OR contact = $contact) AND has_words(body) ORDER BY place DESC, key DESC LIMIT $count",
            ("$before", before), ("$contact", contact?.ToString()), ("$count", Math.Max(0, count)));
    });

    public ValueTask<IReadOnlyList<ChatMessage>> ReadQueuedAsync(CancellationToken cancellationToken) =>
        Run(() => (IReadOnlyList<ChatMessage>)Read("WHERE state = 'Queued' ORDER BY place, key"));

    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken) => Run(() =>
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var message in batch.Messages)
        {
            Write(message, transaction);
        }

        foreach (var key in batch.DeletedMessages)
        {
            Execute(transaction, "DELETE FROM messages WHERE key = $key", ("$key", key));
        }

        foreach (var (key, value) in batch.Documents)
        {
            Execute(
                transaction,
                value is null ? "DELETE FROM documents WHERE key = $key" : "INSERT OR REPLACE INTO documents (key, value) VALUES ($key, $value)",
                ("$key", key), ("$value", value));
        }

        transaction.Commit();
    });

    public ValueTask ClearAsync(CancellationToken cancellationToken) => Run(() =>
    {
        using (var transaction = _connection.BeginTransaction())
        {
            Execute(transaction, "DELETE FROM messages");
            Execute(transaction, "DELETE FROM documents");
            transaction.Commit();
        }

        // What was deleted leaves the file as well.
        Execute(null, "VACUUM");
        Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
    });

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static SqliteStore OpenOnce(string file, int? maxPages)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(file))
        {
            DataFolder.Write(file, []); // SQLite would make it readable for all; its other files take the mode of this one
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            connection.Open();
            SqliteSchema.Prepare(connection);
            var store = new SqliteStore(connection, file);
            if (maxPages is { } pages)
            {
                store.Execute(null, FormattableString.Invariant($"PRAGMA max_page_count = {pages}"));
            }

            return store;
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw e is SqliteException error ? SqliteDamage.Translate(error) : e;
        }
    }

    private void Write(ChatMessage message, SqliteTransaction transaction) => Execute(
        transaction,
        $"""
        INSERT INTO messages ({Columns})
        VALUES ($key, $contact, $place, $mine, $body, $state, $time, $format, $error, $id, $stanza_id, $delayed, $absence)
        ON CONFLICT (key) DO UPDATE SET contact = excluded.contact, place = excluded.place, mine = excluded.mine, body = excluded.body,
            state = excluded.state, time = excluded.time, format = excluded.format, error = excluded.error, id = excluded.id,
            stanza_id = excluded.stanza_id, delayed = excluded.delayed, absence = excluded.absence
        """,
        ("$key", message.Key), ("$contact", message.Contact.ToString()), ("$place", message.Order), ("$mine", message.IsMine),
        ("$body", message.Body), ("$state", message.State.ToString()), ("$time", message.Time.UtcTicks),
        ("$format", message.Format is null ? null : JsonSerializer.Serialize(message.Format, DesktopJson.Default.MessageFormat)),
        ("$error", message.Error?.ToString()), ("$id", message.Id), ("$stanza_id", message.StanzaId),
        ("$delayed", message.WasDelayed), ("$absence", message.StartsAbsence));

    private List<ChatMessage> Read(string where, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command($"SELECT {Columns} FROM messages {where}", parameters);
        using var reader = command.ExecuteReader();
        var messages = new List<ChatMessage>();
        while (reader.Read())
        {
            messages.Add(Message(reader));
        }

        return messages;
    }

    private static ChatMessage Message(SqliteDataReader row) => new(row.GetString(0), BareJid.Parse(row.GetString(1)), row.GetInt64(2))
    {
        IsMine = row.GetBoolean(3),
        Body = row.GetString(4),
        State = Enum.Parse<MessageState>(row.GetString(5)),
        Time = new DateTimeOffset(row.GetInt64(6), TimeSpan.Zero),
        Format = Text(row, 7) is { } format ? JsonSerializer.Deserialize(format, DesktopJson.Default.MessageFormat) : null,
        Error = Text(row, 8) is { } error ? Enum.Parse<StanzaErrorCondition>(error) : null,
        Id = Text(row, 9),
        StanzaId = Text(row, 10),
        WasDelayed = row.GetBoolean(11),
        StartsAbsence = row.GetBoolean(12),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private void Execute(SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    // SQLite answers from memory or waits for the disk; nothing here waits for anybody else.
    private ValueTask Run(Action work)
    {
        try
        {
            work();
            return ValueTask.CompletedTask;
        }
        catch (Exception e) when (Translate(e) is { } error)
        {
            return ValueTask.FromException(error);
        }
    }

    private ValueTask<T> Run<T>(Func<T> work)
    {
        try
        {
            return ValueTask.FromResult(work());
        }
        catch (Exception e) when (Translate(e) is { } error)
        {
            return ValueTask.FromException<T>(error);
        }
    }

    private StoreException? Translate(Exception e)
    {
        var error = e switch
        {
            SqliteException sqlite => SqliteDamage.Translate(sqlite),
            // A row that we never wrote.
            FormatException or ArgumentException or JsonException or InvalidCastException =>
                new StoreException($"The history on this device is damaged: {e.Message}", isFull: false, e),
            _ => null,
        };
        if (error is not null && (e is not SqliteException || SqliteDamage.Is(error)))
        {
            SqliteDamage.Remember(_file);
        }

        return error;
    }
}
