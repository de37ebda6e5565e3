using System.Text;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Sasl;

namespace MyChat.Storage.Tests.Stores;

public abstract class AccountStoreTests(DatabaseKind kind) : IAsyncDisposable
{
    private static readonly ScramKeys Sha1 = new(ScramHash.Sha1, [1, 2], 4096, [3, 0, 4], [5]);
    private static readonly ScramKeys Sha256 = new(ScramHash.Sha256, [6], 10_000, [7], [8, 9]);

    private readonly TestDatabase test = new(kind);

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("romeo")]
    [InlineData("罗密欧")]
    [InlineData("r😀meo")]
    [InlineData("o'hara\\\";--%_")]
    public async Task An_account_is_found_by_its_name(string localpart)
    {
        var made = await test.Accounts.CreateAsync(localpart, [Sha1], TestDatabase.Noon, Token);
        Assert.NotNull(made);
        Assert.NotEqual(0, made.Id);
        await test.Reopen();
        var found = await test.Accounts.FindAsync(localpart, Token);
        Assert.NotNull(found);
        Assert.Equal((made.Id, localpart, TestDatabase.Noon, 0L), (found.Id, found.Localpart, found.Created, found.RosterVersion));
        Assert.Equal((0L, 0L), (found.Mailbox.Delivered, found.Mailbox.Bytes));
        Assert.Empty(found.Mailbox.SettledAbove);
    }

    [Fact]
    public async Task Nobody_is_found_by_a_name_that_is_only_alike()
    {
        await test.Create("romeo");
        foreach (var name in new[] { "Romeo", "rome_", "rom%", "romeo ", "" })
        {
            Assert.Null(await test.Accounts.FindAsync(name, Token));
        }
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        var first = await test.Accounts.CreateAsync("romeo", [Sha1], TestDatabase.Noon, Token);
        Assert.Null(await test.Accounts.CreateAsync("romeo", [Sha256], TestDatabase.Noon, Token));
        Assert.Equal(first?.Id, (await test.Accounts.FindAsync("romeo", Token))?.Id);
        Assert.Null(await test.Accounts.FindKeysAsync("romeo", ScramHash.Sha256, Token));
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_the_name()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => test.Accounts.CreateAsync("romeo", [], TestDatabase.Noon, Token).AsTask()));
        Assert.Single(made, account => account is not null);
    }

    [Fact]
    public async Task Keys_are_kept_by_mechanism_and_replaced_together()
    {
        var account = await test.Accounts.CreateAsync("romeo", [Sha1, Sha256], TestDatabase.Noon, Token);
        Same(Sha1, await test.Accounts.FindKeysAsync("romeo", ScramHash.Sha1, Token));
        Same(Sha256, await test.Accounts.FindKeysAsync("romeo", ScramHash.Sha256, Token));
        Assert.Null(await test.Accounts.FindKeysAsync("juliet", ScramHash.Sha1, Token));
        var changed = Sha256 with { StoredKey = [42] };
        await test.Accounts.SetKeysAsync(account!.Id, [changed], Token);
        Same(changed, await test.Accounts.FindKeysAsync("romeo", ScramHash.Sha256, Token));
        Assert.Null(await test.Accounts.FindKeysAsync("romeo", ScramHash.Sha1, Token));
    }

    [Fact]
    public async Task All_accounts_are_listed_by_name()
    {
        var names = Enumerable.Range(0, 600).Select(i => $"user{i * 7919 % 600}").Append("罗密欧").Append("😀").ToList();
        await Task.WhenAll(names.Select(test.Create));
        var listed = await test.Accounts.ListAsync(Token).Select(account => account.Localpart).ToListAsync(Token);
        Assert.Equal(names.OrderBy(name => Convert.ToHexString(Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task A_deleted_account_leaves_nothing()
    {
        var romeo = (await test.Accounts.CreateAsync("romeo", [Sha1, Sha256], TestDatabase.Noon, Token))!.Id;
        var juliet = await test.Create("juliet");
        await Fill(romeo, juliet);
        await test.Accounts.DeleteAsync(romeo, Token);

        Assert.Null(await test.Accounts.FindAsync("romeo", Token));
        Assert.Null(await test.Accounts.FindKeysAsync("romeo", ScramHash.Sha1, Token));
        Assert.Empty(await test.Users.SearchAsync("montague", 10, Token));
        Assert.Equal(0, test.Count($"SELECT count(*) FROM account WHERE id={romeo}"));
        foreach (var table in new[] { "credential", "roster", "document", "mailbox" })
        {
            Assert.Equal(0, test.Count($"SELECT count(*) FROM {table} WHERE account={romeo}"));
        }
        Assert.Equal(0, test.Count($"SELECT count(*) FROM message WHERE sender={romeo} OR recipient={romeo}"));
        // Juliet keeps her side, and nothing is kept for nobody.
        Assert.Equal(1200, await test.CountFiled($"SELECT count(*) FROM mailbox WHERE account={juliet}"));
        Assert.Equal(1200, test.Count("SELECT count(*) FROM message"));
        Assert.Equal(0, test.Count("SELECT count(*) FROM message WHERE sender=0 AND recipient=0"));
        var unsettled = await test.Mailboxes.UnsettledAsync(juliet, MailboxState.Empty, Token);
        Assert.Equal(600, unsettled.Count);
        Assert.All(unsettled, entry => Assert.Equal(0, entry.Sender));
    }

    [Fact]
    public async Task The_id_of_a_deleted_account_is_not_given_again()
    {
        var first = await test.Create("romeo");
        await test.Accounts.DeleteAsync(first, Token);
        await test.Reopen();
        Assert.True(await test.Create("romeo") > first);
    }

    [Fact]
    public async Task A_deletion_that_was_cut_off_is_finished_at_the_next_start()
    {
        var romeo = await test.Create("romeo");
        var juliet = await test.Create("juliet");
        await Fill(romeo, juliet);
        await test.Database.DisposeAsync();
        test.Scalar($"UPDATE account SET localpart=NULL WHERE id={romeo}");
        await test.Reopen();
        Assert.Equal(0, test.Count($"SELECT count(*) FROM account WHERE id={romeo}"));
        Assert.Equal(0, await test.CountFiled($"SELECT count(*) FROM mailbox WHERE account={romeo}"));
        Assert.Equal(0, test.Count($"SELECT count(*) FROM message WHERE sender={romeo} OR recipient={romeo}"));
    }

    [Fact]
    public async Task Nothing_enters_the_log_of_a_deleted_account()
    {
        var romeo = await test.Create("romeo");
        var juliet = await test.Create("juliet");
        await test.Accounts.DeleteAsync(romeo, Token);
        var late = new TestWrite(juliet, romeo);
        var last = new TestWrite(romeo, juliet);
        test.Append(late, last);
        Assert.IsType<InvalidOperationException>(await late.Outcome);
        Assert.Null(await last.Outcome);
        Assert.Equal(0, await test.CountFiled($"SELECT count(*) FROM mailbox WHERE account={romeo}"));
        Assert.Equal(1, test.Count($"SELECT count(*) FROM message WHERE sender=0 AND recipient={juliet}"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await test.Documents.SetAsync(romeo, "a", "b", [1], Token));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await test.Mailboxes.SaveStateAsync(romeo, MailboxState.Empty, [], Token));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await test.Accounts.SetKeysAsync(romeo, [Sha1], Token));
    }

    /// <summary>600 messages each way and 50 to himself, and something in every table.</summary>
    private async Task Fill(long romeo, long juliet)
    {
        await test.Documents.SetAsync(romeo, "private", "storage:bookmarks", "秘密"u8.ToArray(), Token);
        await test.Rosters.SaveAsync(romeo, new RosterItem(Xmpp.Jids.BareJid.Parse("juliet@verona.lit")), 1, Token);
        await test.Users.SetAsync(romeo, new Modules.DirectoryCard("Romeo", "Romeo Montague", false), Token);
        test.Append(Enumerable.Range(0, 600).Select(_ => new TestWrite(romeo, juliet)));
        test.Append(Enumerable.Range(0, 600).Select(_ => new TestWrite(juliet, romeo)));
        test.Append(Enumerable.Range(0, 50).Select(_ => new TestWrite(romeo, romeo)));
        var fence = TestWrite.Fence();
        test.Append(fence);
        await fence.Outcome;
        Assert.Equal(1250, test.Count("SELECT count(*) FROM message"));
    }

    private static void Same(ScramKeys expected, ScramKeys? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Hash, expected.Iterations), (actual.Hash, actual.Iterations));
        Assert.Equal(expected.Salt, actual.Salt);
        Assert.Equal(expected.StoredKey, actual.StoredKey);
        Assert.Equal(expected.ServerKey, actual.ServerKey);
    }
}

public sealed class AccountStoreOnSqliteTests() : AccountStoreTests(DatabaseKind.Sqlite);
public sealed class AccountStoreOnMariaDbTests() : AccountStoreTests(DatabaseKind.MariaDb);
public sealed class AccountStoreOnPostgresTests() : AccountStoreTests(DatabaseKind.Postgres);
