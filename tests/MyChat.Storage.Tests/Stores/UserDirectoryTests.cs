using MyChat.Modules;
using MyChat.Xmpp.Xeps;

namespace MyChat.Storage.Tests.Stores;

public abstract class UserDirectoryTests(DatabaseKind kind) : IAsyncDisposable
{
    private readonly TestDatabase test = new(kind);

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_card_comes_back_as_it_was_set()
    {
        var romeo = await test.Create("romeo");
        Assert.Equal(new DirectoryCard(null, null, false), await test.Users.GetAsync(romeo, Token));
        var card = new DirectoryCard("罗密欧 😀", "Romeo Montague", true);
        await test.Users.SetAsync(romeo, card, Token);
        await test.Reopen();
        Assert.Equal(card, await test.Users.GetAsync(romeo, Token));
    }

    [Theory]
    [InlineData("romeo", true)]
    [InlineData("OME", true)]
    [InlineData("ＲＯＭＥＯ", true)]
    [InlineData("  montague   the\tyounger ", true)]
    [InlineData("罗密", true)]
    [InlineData("😀", true)]
    [InlineData("ÉLAN", true)]
    [InlineData("straße", false)]
    [InlineData("100%", true)]
    [InlineData("0%_", true)]
    [InlineData("%", true)]
    [InlineData("%romeo%", false)]
    [InlineData("r_meo", false)]
    [InlineData("_\\'\"", true)]
    [InlineData("\\\\", false)]
    [InlineData("~", false)]
    [InlineData("romeo罗", false)]
    [InlineData("'; DROP TABLE account;--", false)]
    public async Task People_are_found_by_any_part_literally(string asked, bool found)
    {
        var romeo = await test.Create("romeo");
        await test.Create("paris");
        await test.Users.SetAsync(romeo, new DirectoryCard("罗密欧 😀 100%_\\'\"", "Élan Montague the Younger", false), Token);
        var hits = await test.Users.SearchAsync(JabberSearch.Fold(asked), 10, Token);
        Assert.Equal(found ? [new DirectoryHit("romeo", "罗密欧 😀 100%_\\'\"", "Élan Montague the Younger")] : [], hits);
    }

    [Fact]
    public async Task An_address_is_found_before_there_is_a_card_and_never_when_hidden()
    {
        var romeo = await test.Create("romeo");
        Assert.Equal([new DirectoryHit("romeo", null, null)], await test.Users.SearchAsync("rom", 10, Token));
        await test.Users.SetAsync(romeo, new DirectoryCard(null, null, true), Token);
        Assert.Empty(await test.Users.SearchAsync("rom", 10, Token));
    }

    [Fact]
    public async Task Hits_come_by_name_and_only_so_many()
    {
        foreach (var name in new[] { "delta", "alpha", "gamma", "beta" })
        {
            await test.Create(name);
        }
        Assert.Equal(["alpha", "beta", "delta"], (await test.Users.SearchAsync("a", 3, Token)).Select(hit => hit.Localpart));
    }
}

public sealed class UserDirectoryOnSqliteTests() : UserDirectoryTests(DatabaseKind.Sqlite);
public sealed class UserDirectoryOnMariaDbTests() : UserDirectoryTests(DatabaseKind.MariaDb);
public sealed class UserDirectoryOnPostgresTests() : UserDirectoryTests(DatabaseKind.Postgres);
