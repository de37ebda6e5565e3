using MyChat.Storage.Backups;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Tests.Backups;

public abstract class BackupTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly BackupFile Certificate = new("certificate.pem", [1, 2, 3]);

    private readonly TestDatabase test = new(kind);

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask InitializeAsync() => await TestContent.FillAsync(test);

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.MariaDb)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_backup_restored_into_any_database_holds_the_same(DatabaseKind other)
    {
        var backup = await Write();
        var summary = await Backup.VerifyAsync(backup, null, Token);
        Assert.Equal(("MyChat 1", "verona.lit", 2, 406, 1), (summary.Product, summary.Domain, summary.Accounts, summary.Messages, summary.Files.Count));
        var counter = await CounterOf(test);
        var sums = await TestContent.SumsAsync(test.Database);
        await using var target = new TestDatabase(other);
        await target.Database.DisposeAsync();
        backup.Position = 0;

        var files = await Backup.RestoreAsync(backup, target.Options, mayReplace: false, null, Token);

        await target.Reopen();
        Assert.Equal(Certificate.Content, Assert.Single(files).Content);
        Assert.Equal(sums, await TestContent.SumsAsync(target.Database));
        Assert.Equal(counter, await CounterOf(target));
        // Neither accounts' nor messages' numbers are given a second time.
        Assert.True(await target.Create("newcomer") > counter);
        var write = new TestWrite(1, 2);
        target.Append(write);
        Assert.Null(await write.Outcome);
        Assert.True(write.Id > test.Count($"SELECT value FROM meta WHERE name='{MetaRow.ReservedIds}'"));
        Assert.False(File.Exists(target.File + ".unfinished"));
    }

    [Fact]
    public async Task A_database_that_holds_accounts_is_refused_unless_it_may_be_replaced()
    {
        var backup = await Write();
        var sums = await TestContent.SumsAsync(test.Database);
        await test.Create("newcomer");
        await test.Documents.SetAsync(await test.Create("other"), "kind", "", [1], Token);
        await test.Database.DisposeAsync();
        backup.Position = 0;
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Backup.RestoreAsync(backup, test.Options, mayReplace: false, null, Token));
        Assert.Contains("--replace", refusal.Message, StringComparison.Ordinal);
        await test.Reopen();
        Assert.NotNull(await test.Accounts.FindAsync("newcomer", Token));
        await test.Database.DisposeAsync();
        backup.Position = 0;

        await Backup.RestoreAsync(backup, test.Options, mayReplace: true, null, Token);

        await test.Reopen();
        Assert.Equal(sums, await TestContent.SumsAsync(test.Database));
    }

    [Fact]
    public async Task A_restore_that_breaks_off_leaves_nothing_that_a_server_takes_for_whole()
    {
        var backup = await Write();
        await using var target = new TestDatabase(kind);
        await target.Database.DisposeAsync();
        backup.SetLength(backup.Length - 100); // after all rows
        backup.Position = 0;
        await Assert.ThrowsAsync<StorageException>(() => Backup.RestoreAsync(backup, target.Options, mayReplace: false, null, Token));

        if (kind == DatabaseKind.Sqlite)
        {
            await target.Reopen();
            Assert.Equal(0, target.Count("SELECT count(*) FROM account"));
            await target.Database.DisposeAsync();
        }
        else
        {
            var refusal = Assert.Throws<StorageException>(() => Database.Open(target.Options));
            Assert.Contains("half filled", refusal.Message, StringComparison.Ordinal);
        }
        // The next one begins anew, and need not be told that it may.
        backup = await Write();
        backup.Position = 0;
        await Backup.RestoreAsync(backup, target.Options, mayReplace: false, null, Token);
        await target.Reopen();
        Assert.Equal(await TestContent.SumsAsync(test.Database), await TestContent.SumsAsync(target.Database));
    }

    [Fact]
    public async Task A_database_with_tables_of_others_is_left_alone()
    {
        var backup = await Write();
        await using var target = new TestDatabase(kind);
        await target.Database.DisposeAsync();
        target.Scalar("CREATE TABLE guests(id INTEGER)");
        backup.Position = 0;
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Backup.RestoreAsync(backup, target.Options, mayReplace: false, null, Token));
        Assert.Contains("guests", refusal.Message, StringComparison.Ordinal);
        await target.Reopen();
    }

    [Fact]
    public async Task What_is_written_meanwhile_is_not_in_it()
    {
        var output = new WatchedStream();
        output.FirstWrite = async () => await test.Create("latecomer");
        await Backup.WriteAsync(test.Database, Source, output, null, Token);
        output.Position = 0;
        Assert.NotNull(await test.Accounts.FindAsync("latecomer", Token));
        Assert.Equal(2, (await Backup.VerifyAsync(output, null, Token)).Accounts);
    }

    private static BackupSource Source => new("MyChat 1", "verona.lit", TestDatabase.Noon, [Certificate]);

    private async Task<MemoryStream> Write()
    {
        var output = new MemoryStream();
        await Backup.WriteAsync(test.Database, Source, output, null, Token);
        output.Position = 0;
        return output;
    }

    private static async Task<long> CounterOf(TestDatabase database)
    {
        await using var connection = await database.Database.Provider.OpenReaderAsync(Token);
        return database.Database.Provider.ReadCounter(connection, "account", "id");
    }

    /// <summary>Does something when the first bytes arrive: by then the snapshot is taken.</summary>
    private sealed class WatchedStream : MemoryStream
    {
        public Func<Task>? FirstWrite { get; set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var first = FirstWrite;
            FirstWrite = null;
            await (first?.Invoke() ?? Task.CompletedTask);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}

public sealed class BackupOnSqliteTests() : BackupTests(DatabaseKind.Sqlite);
public sealed class BackupOnMariaDbTests() : BackupTests(DatabaseKind.MariaDb);
public sealed class BackupOnPostgresTests() : BackupTests(DatabaseKind.Postgres);
