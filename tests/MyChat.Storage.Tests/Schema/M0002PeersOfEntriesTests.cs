using MyChat.Server.Mailboxes;
using MyChat.Storage.Tests.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Storage.Tests.Schema;

public abstract class M0002PeersOfEntriesTests(DatabaseKind kind) : IAsyncDisposable
{
    private readonly TestDatabase test = new(kind);

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_database_of_the_first_version_gets_the_peers_of_what_is_in_it()
    {
        var (romeo, juliet) = (await test.Create("romeo"), await test.Create("juliet"));
        var writes = new List<ArchiveWrite>();
        for (var i = 0; i < 1100; i++) // more than a page
        {
            var peer = i % 3 == 0 ? "juliet@verona.lit/k'<&" : "nurse@verona.lit/hall";
            writes.Add(new ArchiveWrite((romeo, "romeo@verona.lit/orchard"), (juliet, peer), $"{i}", TestDatabase.Noon));
            test.Mailboxes.Append(writes[i]);
        }
        await Task.WhenAll(writes.Select(write => write.Outcome));
        await test.Database.DisposeAsync();
        // As the first version left it.
        test.Scalar(kind == DatabaseKind.MariaDb ? "DROP INDEX mailbox_peer ON mailbox" : "DROP INDEX mailbox_peer");
        test.Scalar("ALTER TABLE mailbox DROP COLUMN peer");
        test.Scalar($"DELETE FROM {test.Quoted("VersionInfo")} WHERE {test.Quoted("Version")}>=2");
        await test.Reopen();
        Assert.Equal(0, test.Count("SELECT count(*) FROM mailbox WHERE peer=0"));
        var query = new ArchiveQuery { With = Jid.Parse("juliet@verona.lit"), Limit = 2000 };
        Assert.Equal(
            writes.Where((_, i) => i % 3 == 0).Select(write => write.Id),
            (await test.Archive.QueryAsync(romeo, query, TestDatabase.Token)).Entries.Select(entry => entry.Id));
        Assert.Equal(
            1100, (await test.Archive.QueryAsync(juliet, query with { With = Jid.Parse("romeo@verona.lit") }, TestDatabase.Token)).Entries.Count);
    }
}

public sealed class M0002OnSqliteTests() : M0002PeersOfEntriesTests(DatabaseKind.Sqlite);
public sealed class M0002OnMariaDbTests() : M0002PeersOfEntriesTests(DatabaseKind.MariaDb);
public sealed class M0002OnPostgresTests() : M0002PeersOfEntriesTests(DatabaseKind.Postgres);
