using System.Data.Common;
using Microsoft.Data.Sqlite;
using MyChat.EndToEnd.Promises;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Databases;

/// <summary>The database refuses some messages in the middle of traffic: they alone come back, and they are nowhere.</summary>
public abstract class FailingTransactionTests(DatabaseFixture? fixture)
{
    private const int Enough = 40;

    /// <summary>How many come back until it is enough: each costs the writer a few more attempts.</summary>
    private const int EnoughRefused = 10;

    /// <summary>Lets the database refuse the guilty when they are inserted, by triggers.</summary>
    /// <remarks>GUILTY stands for the end of their number.</remarks>
    protected abstract IReadOnlyList<string> RefuseAtInsert { get; }

    [Fact]
    public Task Of_a_transaction_that_fails_the_guilty_message_alone_comes_back() => RefuseAsync(RefuseAtInsert, "3");

    protected async Task RefuseAsync(IEnumerable<string> triggers, string guilty)
    {
        var seed = TestRun.Seed();
        await using var traffic = await Traffic.StartAsync(seed, fixture is null ? null : await ServerDatabase.CreateAsync(fixture.Server));
        await traffic.AcknowledgedAsync(Enough);
        await using (var connection = Connect(traffic.Server))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            foreach (var sql in triggers)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql.Replace("GUILTY", guilty + "</body>", StringComparison.Ordinal);
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
        }
        await traffic.RefusedAsync(EnoughRefused);
        await traffic.StoredAsync(Enough);
        await traffic.KillAsync();
        var ledger = await traffic.BalanceAsync(seed);
        TestRun.Say($"{traffic.Refused} messages were refused");
        Assert.All(ledger.Sent.Where(message => message.IsRefused), message => Assert.EndsWith(guilty, message.Body, StringComparison.Ordinal));
    }

    private static DbConnection Connect(ServerProcess server)
    {
        var connection = server.ConnectToDatabase();
        if (connection is SqliteConnection)
        {
            connection.ConnectionString = new SqliteConnectionStringBuilder(connection.ConnectionString) { Mode = SqliteOpenMode.ReadWrite }.ConnectionString;
        }
        return connection;
    }
}

public sealed class FailingTransactionOnSqliteTests() : FailingTransactionTests(null)
{
    protected override IReadOnlyList<string> RefuseAtInsert { get; } =
        ["CREATE TRIGGER refuse BEFORE INSERT ON message WHEN instr(NEW.stanza,CAST('GUILTY' AS BLOB)) BEGIN SELECT RAISE(ABORT,'no'); END"];

    // A deferred constraint speaks at COMMIT, when the writer cannot know at once whether the batch is stored.
    [Fact]
    public Task Of_a_transaction_that_fails_at_commit_the_guilty_message_alone_comes_back() => RefuseAsync(
    [
        """
        CREATE TABLE parent(id INTEGER PRIMARY KEY);
        CREATE TABLE child(id INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER orphan AFTER INSERT ON message WHEN instr(NEW.stanza,CAST('GUILTY' AS BLOB)) BEGIN INSERT INTO child VALUES (1); END
        """,
    ], "33");
}

public sealed class FailingTransactionOnMariaDbTests(MariaDbFixture fixture) : FailingTransactionTests(fixture), IClassFixture<MariaDbFixture>
{
    protected override IReadOnlyList<string> RefuseAtInsert { get; } =
    [
        """
        CREATE TRIGGER refuse BEFORE INSERT ON message FOR EACH ROW
        IF locate('GUILTY', NEW.stanza) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT='no'; END IF
        """,
    ];
}

public sealed class FailingTransactionOnPostgresTests(PostgresFixture fixture) : FailingTransactionTests(fixture), IClassFixture<PostgresFixture>
{
    private const string Function =
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF position(convert_to('GUILTY','UTF8') IN NEW.stanza)>0 THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$
        """;

    protected override IReadOnlyList<string> RefuseAtInsert { get; } =
        [Function, "CREATE TRIGGER refuse BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse()"];

    [Fact]
    public Task Of_a_transaction_that_fails_at_commit_the_guilty_message_alone_comes_back() => RefuseAsync(
        [Function, "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()"],
        "33");
}
