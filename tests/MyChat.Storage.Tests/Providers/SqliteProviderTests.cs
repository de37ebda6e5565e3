using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using MyChat.Storage.Stores;

namespace MyChat.Storage.Tests.Providers;

public sealed class SqliteProviderTests : IAsyncDisposable
{
    private readonly TestDatabase test = new(DatabaseKind.Sqlite);

    public ValueTask DisposeAsync() => test.DisposeAsync();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("page_size", "4096")]
    [InlineData("wal_autocheckpoint", "4000")]
    public async Task The_writer_is_set_to_lose_nothing(string pragma, string expected) => Assert.Equal(expected,
        await test.Database.Writer.WriteAsync(session => session.Db.Execute<string>($"PRAGMA {pragma}")));

    [Fact]
    public async Task Readers_cannot_write() => await Assert.ThrowsAsync<SqliteException>(async () =>
        await test.Database.ReadAsync(db => db.ExecuteAsync("DELETE FROM meta"), TestDatabase.Token));

    [Fact]
    public void The_start_up_text_names_the_database()
    {
        var version = test.Scalar("SELECT sqlite_version()");
        Assert.Equal($"SQLite {version}, {test.File}", test.Database.Description);
    }

    [Fact]
    public async Task Only_the_owner_may_look_into_what_is_made()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no such modes");
            return;
        }
        var directory = Path.Combine(test.Directory, "new", "data");
        await using (TestDatabase.OpenAt(directory))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
            foreach (var file in Directory.GetFiles(directory))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task After_closing_the_file_alone_is_the_database()
    {
        await test.Create("romeo");
        await test.Database.DisposeAsync();
        Assert.Equal([test.File], Directory.GetFiles(test.Directory));
        await test.Reopen();
    }

    [Fact]
    public void A_message_is_found_by_its_row_id_and_an_entry_by_its_key_or_its_peer()
    {
        Assert.Equal(0, test.Count("SELECT count(*) FROM pragma_index_list('message')"));
        Assert.Equal(2, test.Count("SELECT count(*) FROM pragma_index_list('mailbox')"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_in_one_line()
    {
        var directory = Path.Combine(test.Directory, "other");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "mychat.db"), new string('?', 5000));
        var refusal = Assert.Throws<StorageException>(() => TestDatabase.OpenAt(directory));
        Assert.Contains("mychat.db", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused_in_one_line()
    {
        var refusal = Assert.Throws<StorageException>(() => TestDatabase.OpenAt(Path.Combine(test.File, "below-a-file")));
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void An_unknown_provider_is_refused() => Assert.Contains("oracle",
        Assert.Throws<StorageException>(() => Database.Open(new StorageOptions { Provider = "oracle" })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_was_completed_survives_a_crash()
    {
        var romeo = await test.Create("romeo");
        var juliet = await test.Create("juliet");
        var writes = Enumerable.Range(0, 200).Select(i => new TestWrite(romeo, juliet, $"<message id='{i}'/>")).ToList();
        test.Append(writes);
        foreach (var write in writes)
        {
            Assert.Null(await write.Outcome);
        }
        await test.Documents.SetAsync(romeo, "vcard", "", [1, 2, 3], TestDatabase.Token);

        // The files as a crash would leave them: the log not yet in the database.
        var copy = Directory.CreateDirectory(Path.Combine(test.Directory, "copy")).FullName;
        File.Copy(test.File, Path.Combine(copy, "mychat.db"));
        File.Copy(test.File + "-wal", Path.Combine(copy, "mychat.db-wal"));
        await using var database = TestDatabase.OpenAt(copy);
        var mailboxes = new MailboxStore(database);
        var entries = await mailboxes.ReadAsync(juliet, writes.ConvertAll(write => write.Id), TestDatabase.Token);
        Assert.Equal(writes.Select(write => (write.Id, Convert.ToHexString(write.Stanza.Span))),
            entries.Select(entry => (entry.Id, Convert.ToHexString(entry.Stanza.Span))));
        Assert.Equal([1, 2, 3], await new DocumentStore(database).GetAsync(romeo, "vcard", "", TestDatabase.Token));
        var next = new TestWrite(romeo, juliet);
        mailboxes.Append(next);
        Assert.Null(await next.Outcome);
        Assert.True(next.Id > writes[^1].Id);
    }
}
