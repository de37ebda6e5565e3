using MyChat.Server.Accounts;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Storage.Tests.Stores;

public abstract class RosterStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly TestDatabase test = new(kind);
    private long romeo;

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask InitializeAsync() => romeo = await test.Create("romeo");

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_item_comes_back_as_it_was_saved()
    {
        var item = new RosterItem(BareJid.Parse("juliet@verona.lit"))
        {
            Name = "朱丽叶 😀 \"';--",
            Groups = ["家人", "a,b\n\"c\"", ""],
            State = SubscriptionState.To | SubscriptionState.PendingIn | SubscriptionState.Approved,
            Listed = true,
            Request = "<presence type='subscribe'/>"u8.ToArray(),
        };
        await test.Rosters.SaveAsync(romeo, item, 1, Token);
        await test.Reopen();
        var loaded = Assert.Single(await test.Rosters.LoadAsync(romeo, Token));
        Assert.Equal(item.Groups, loaded.Groups);
        Assert.Equal(item.Request, loaded.Request);
        Assert.Equal(item with { Groups = [], Request = null }, loaded with { Groups = [], Request = null });
    }

    [Fact]
    public async Task Saving_again_replaces_and_every_change_keeps_the_version()
    {
        var juliet = new RosterItem(BareJid.Parse("juliet@verona.lit")) { Name = "Juliet", Request = [1] };
        var nurse = new RosterItem(BareJid.Parse("nurse@verona.lit"));
        await test.Rosters.SaveAsync(romeo, juliet, 1, Token);
        await test.Rosters.SaveAsync(romeo, nurse, 2, Token);
        await test.Rosters.SaveAsync(romeo, juliet with { Name = null, Request = null, Listed = true }, 3, Token);
        var loaded = await test.Rosters.LoadAsync(romeo, Token);
        Assert.Equal(["juliet@verona.lit", "nurse@verona.lit"], loaded.Select(item => item.Jid.ToString()));
        Assert.Null(loaded[0].Name);
        Assert.Null(loaded[0].Request);
        Assert.True(loaded[0].Listed);
        Assert.Equal(3, (await test.Accounts.FindAsync("romeo", Token))!.RosterVersion);
        await test.Rosters.RemoveAsync(romeo, juliet.Jid, 4, Token);
        Assert.Equal(nurse.Jid, Assert.Single(await test.Rosters.LoadAsync(romeo, Token)).Jid);
        Assert.Equal(4, (await test.Accounts.FindAsync("romeo", Token))!.RosterVersion);
    }

    [Fact]
    public async Task Rosters_do_not_mix()
    {
        var juliet = await test.Create("juliet");
        await test.Rosters.SaveAsync(romeo, new RosterItem(BareJid.Parse("nurse@verona.lit")), 1, Token);
        Assert.Empty(await test.Rosters.LoadAsync(juliet, Token));
    }
}

public sealed class RosterStoreOnSqliteTests() : RosterStoreTests(DatabaseKind.Sqlite);
public sealed class RosterStoreOnMariaDbTests() : RosterStoreTests(DatabaseKind.MariaDb);
public sealed class RosterStoreOnPostgresTests() : RosterStoreTests(DatabaseKind.Postgres);
