using System.Text;
using LinqToDB.Data;
using MyChat.Testing.Servers;

namespace MyChat.Storage.Tests.Providers;

/// <summary>What is particular to a database that is a server.</summary>
public abstract class ServerProviderTests(DatabaseKind kind) : IAsyncDisposable
{
    private readonly TestDatabase test = new(kind);

    private protected TestDatabase Test => test;

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void The_start_up_text_names_kind_version_and_place_and_no_password()
    {
        Assert.Matches(kind == DatabaseKind.MariaDb ? @"^MariaDB 1\d\.\S+, mychat_\d+ on 127\.0\.0\.1:\d+$" : @"^PostgreSQL \d\d\.\S+, mychat_\d+ on 127\.0\.0\.1:\d+$",
            test.Database.Description);
        Assert.DoesNotContain(DatabaseProcess.Password, test.Database.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_break_the_promise_are_warned_of()
    {
        string[] expected = kind == DatabaseKind.MariaDb ? ["innodb_flush_log_at_trx_commit"] : ["fsync", "full_page_writes"];
        Assert.Equal(expected, test.Database.Warnings.Select(line => line.Split(' ')[1]));
        Assert.All(test.Database.Warnings, line => Assert.StartsWith("WARNING: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_server_is_refused_in_one_line()
    {
        var refusal = Assert.Throws<StorageException>(() => Database.Open(test.Options));
        Assert.Contains("in use by another mychat", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.NotEqual(0, await test.Create("romeo")); // the first is not disturbed
        await test.Reopen();
    }

    [Theory]
    [InlineData("Database=mychat")]
    [InlineData("Server=127.0.0.1;Password=hush")]
    [InlineData("Server=127.0.0.1;Database=mychat;Hush=hush")]
    [InlineData("hush")]
    public void A_connection_string_that_cannot_be_right_is_refused_without_repeating_it(string wrong)
    {
        var refusal = Assert.Throws<StorageException>(new StorageOptions { Provider = test.Options.Provider, ConnectionString = wrong }.Validate);
        Assert.Contains("Storage:ConnectionString", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_wrong_password_is_one_line_that_does_not_repeat_it()
    {
        var options = new StorageOptions
        {
            Provider = test.Options.Provider,
            ConnectionString = test.Options.ConnectionString + ";Password=hush",
        };
        var refusal = Assert.Throws<StorageException>(() => Database.Open(options));
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.DoesNotContain("hush", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_names_fit_and_differ_in_their_last_letter()
    {
        foreach (var longest in new[] { new string('a', 1023), new string('好', 341) })
        {
            var made = await test.Create(longest);
            Assert.Equal(made, (await test.Accounts.FindAsync(longest, TestDatabase.Token))?.Id);
            Assert.NotEqual(made, await test.Create(longest[..^1] + 'b'));
            var contact = Xmpp.Jids.BareJid.Parse($"{longest}@{string.Join('.', Enumerable.Repeat(new string('d', 60), 4))}");
            await test.Rosters.SaveAsync(made, new Server.Accounts.RosterItem(contact), 1, TestDatabase.Token);
            Assert.Equal(contact, Assert.Single(await test.Rosters.LoadAsync(made, TestDatabase.Token)).Jid);
        }
    }

    [Fact]
    public async Task A_stanza_that_is_longer_than_the_database_takes_fails_alone()
    {
        var (romeo, juliet) = (await test.Create("romeo"), await test.Create("juliet"));
        var longest = new TestWrite(romeo, juliet, new string('x', 3 * 1024 * 1024));
        var tooLong = new TestWrite(romeo, juliet, new string('x', 5 * 1024 * 1024));
        var next = new TestWrite(romeo, juliet);
        await using (await test.HoldWriter())
        {
            test.Append(longest, tooLong, next);
        }
        Assert.Null(await longest.Outcome);
        Assert.Null(await next.Outcome);
        if (kind == DatabaseKind.MariaDb)
        {
            Assert.NotNull(await tooLong.Outcome);
        }
        var entry = Assert.Single(await test.Mailboxes.ReadAsync(juliet, [longest.Id], TestDatabase.Token));
        Assert.Equal(longest.Stanza.Length, entry.Stanza.Length);
    }

    [Fact]
    public async Task Any_script_and_emoji_come_back_as_they_were()
    {
        const string text = "名字 👩‍👩‍👧‍👦 العربية ไทย é e\u0301 \ud800\udf48 ß ẞ  ";
        var romeo = await test.Create("romeo");
        await test.Users.SetAsync(romeo, new Modules.DirectoryCard(text, text, false), TestDatabase.Token);
        Assert.Equal(text, (await test.Users.GetAsync(romeo, TestDatabase.Token)).Nickname);
        var write = new TestWrite(romeo, romeo, $"<message><body>{text}</body></message>");
        test.Append(write);
        Assert.Null(await write.Outcome);
        var entry = Assert.Single(await test.Mailboxes.ReadAsync(romeo, [write.Id], TestDatabase.Token));
        Assert.Contains(text, Encoding.UTF8.GetString(entry.Stanza.Span), StringComparison.Ordinal);
    }
}

public sealed class MySqlProviderTests() : ServerProviderTests(DatabaseKind.MariaDb)
{
    [Fact]
    public async Task A_binary_log_that_is_not_synced_is_warned_of()
    {
        await using var server = await MariaDbProcess.StartAsync("--log-bin=log", "--server-id=1", "--sync-binlog=0");
        var options = new StorageOptions { Provider = server.Provider, ConnectionString = server.ConnectionString(await server.CreateDatabaseAsync()) };
        await using var database = Database.Open(options);
        var warning = Assert.Single(database.Warnings);
        Assert.StartsWith("WARNING: sync_binlog is 0", warning, StringComparison.Ordinal);
    }
}

public sealed class PostgresProviderTests() : ServerProviderTests(DatabaseKind.Postgres)
{
    [Fact]
    public async Task Commits_that_do_not_wait_for_the_disk_are_warned_of_and_the_writers_wait_all_the_same()
    {
        Test.Scalar("DO $$ BEGIN EXECUTE 'ALTER DATABASE '||quote_ident(current_database())||' SET synchronous_commit=off'; END $$");
        await Test.Reopen();
        Assert.Contains(Test.Database.Warnings, line => line.StartsWith("WARNING: synchronous_commit is off", StringComparison.Ordinal));
        Assert.Equal("on", await Test.Database.Writer.WriteAsync(session => session.Db.Execute<string>("SHOW synchronous_commit")));
    }
}
