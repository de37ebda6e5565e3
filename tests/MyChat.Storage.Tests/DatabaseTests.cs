using MyChat.Storage.Schema;

namespace MyChat.Storage.Tests;

public abstract class DatabaseTests(DatabaseKind kind) : IAsyncDisposable
{
    private readonly TestDatabase test = new(kind);

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_in_one_line()
    {
        await test.Database.DisposeAsync();
        test.Scalar($"INSERT INTO {test.Quoted("VersionInfo")}({test.Quoted("Version")}) VALUES ({Migrations.Latest + 1})");
        var refusal = Assert.Throws<StorageException>(() => Database.Open(test.Options));
        Assert.Contains("newer", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        test.Scalar($"DELETE FROM {test.Quoted("VersionInfo")} WHERE {test.Quoted("Version")}={Migrations.Latest + 1}");
        await test.Reopen();
    }

    [Fact]
    public async Task Who_comes_after_closing_is_refused()
    {
        await test.Database.DisposeAsync();
        await Assert.ThrowsAsync<StorageException>(async () => await test.Accounts.FindAsync("romeo", TestDatabase.Token));
        await Assert.ThrowsAsync<StorageException>(async () => await test.Create("romeo"));
    }
}

public sealed class DatabaseOnSqliteTests() : DatabaseTests(DatabaseKind.Sqlite);
public sealed class DatabaseOnMariaDbTests() : DatabaseTests(DatabaseKind.MariaDb);
public sealed class DatabaseOnPostgresTests() : DatabaseTests(DatabaseKind.Postgres);
