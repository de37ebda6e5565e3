using System.Text;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;
using MyChat.Storage.Transfer;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Storage.Tests;

/// <summary>Something of everything that a server keeps, with whatever may be hard to carry.</summary>
internal static class TestContent
{
    public const string Odd = "it's \"quoted\", 小明 😀 \\ % _ \t;--";

    private static CancellationToken Token => TestDatabase.Token;

    /// <summary>Fills a database and returns the ids of romeo and 小明.</summary>
    public static async Task<(long Romeo, long Ming)> FillAsync(TestDatabase test)
    {
        var keys = new[] { ScramKeys.Derive(ScramHash.Sha256, "secret", ScramKeys.NewSalt(), 4096), ScramKeys.Derive(ScramHash.Sha1, "secret", ScramKeys.NewSalt(), 4096) };
        var romeo = (await test.Accounts.CreateAsync("romeo", keys, TestDatabase.Noon, Token))!.Id;
        var ming = (await test.Accounts.CreateAsync("小明", keys, TestDatabase.Noon.AddDays(-9), Token))!.Id;
        var gone = await test.Create("gone");
        await test.Secrets.GetOrCreateAsync("entry-ids", 16, Token);
        await test.Secrets.GetOrCreateAsync("decoy-salts", 32, Token);
        await test.Rosters.SaveAsync(romeo, new RosterItem(BareJid.Parse("小明@verona.lit")) { Name = Odd, Groups = [Odd, "b"], State = SubscriptionState.Both, Listed = true }, 3, Token);
        await test.Rosters.SaveAsync(romeo, new RosterItem(BareJid.Parse("paris@verona.lit")) { State = SubscriptionState.PendingIn, Request = "<presence/>"u8.ToArray() }, 4, Token);
        await test.Documents.SetAsync(romeo, "private", Odd, [0, 1, 2, 255, 0], Token);
        await test.Documents.SetAsync(ming, "vcard", "", Encoding.UTF8.GetBytes($"<vCard>{Odd}</vCard>"), Token);
        await test.Users.SetAsync(ming, new Modules.DirectoryCard(Odd, null, true), Token);
        test.Append(
            new TestWrite(romeo, ming, $"<message><body>{Odd}</body></message>"),
            new TestWrite(romeo, romeo, "<message><body>to myself</body></message>"),
            new TestWrite(ming, romeo, "<message><body>once</body></message>", MailboxSides.Recipient | MailboxSides.Transient),
            new TestWrite(ming, romeo, "<message><body>mine</body></message>", MailboxSides.Sender),
            new TestWrite(gone, romeo, $"<message><body>{new string('x', 300_000)}</body></message>"));
        for (var i = 0; i < 400; i++)
        {
            test.Append(new TestWrite(i % 2 == 0 ? romeo : ming, i % 2 == 0 ? ming : romeo, $"<message><body>{i}</body></message>"));
        }
        var last = new TestWrite(ming, romeo);
        test.Append(last);
        Assert.Null(await last.Outcome);
        await test.Mailboxes.SaveStateAsync(romeo, new MailboxState(last.Id - 9, [last.Id - 5, last.Id - 1], 4711), [], Token);
        await test.Accounts.DeleteAsync(gone, Token);
        return (romeo, ming);
    }

    /// <summary>What each table holds, but for the counters, which every start raises.</summary>
    public static async Task<Dictionary<string, (long Rows, string Sum)>> SumsAsync(Database database)
    {
        await using var snapshot = await Snapshot.OpenAsync(database.Provider, Token);
        var sums = new Dictionary<string, (long, string)>();
        foreach (var table in TableCatalog.Kept.Where(table => table.Name != "meta"))
        {
            sums[table.Name] = await TableDigest.OfAsync(snapshot.Connection, table, _ => { }, Token);
        }
        return sums;
    }
}
