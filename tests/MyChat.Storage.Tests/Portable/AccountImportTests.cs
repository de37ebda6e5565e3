using System.Text;
using System.Xml.Linq;
using LinqToDB;
using MyChat.Modules;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Portable;
using MyChat.Storage.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;

namespace MyChat.Storage.Tests.Portable;

public abstract class AccountImportTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly BareJid Romeo = BareJid.Parse("romeo@verona.lit");
    private readonly TestDatabase test = new(kind);

    private static CancellationToken Token => TestDatabase.Token;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_exported_and_imported_is_the_same_account()
    {
        var romeo = await FillAsync();
        var exported = await ExportAsync(test);
        await using var other = new TestDatabase(kind);

        var summary = await AccountImport.ReadAsync(other.Database, "verona.lit", TestDatabase.Noon.AddYears(1), Input(exported), Token);

        Assert.Equal(("romeo@verona.lit", 6, 0), (Assert.Single(summary.Accounts), summary.Messages, summary.Notices.Count));
        var again = await ExportAsync(other);
        // Ids are sealed under each server's own key; all else is the same, in the same order.
        Assert.Equal(Normal(exported), Normal(again));
        var account = (await other.Accounts.FindAsync("romeo", Token))!;
        Assert.Equal(TestDatabase.Noon, account.Created);
        Assert.Equal(await test.Accounts.FindKeysAsync("romeo", ScramHash.Sha256, Token), await other.Accounts.FindKeysAsync("romeo", ScramHash.Sha256, Token), Same);
        Assert.Equal(await BodiesAsync(test, romeo), await BodiesAsync(other, account.Id));
        var nodes = new NodeStore(other.Database);
        var (empty, marks) = await nodes.LoadAsync(account.Id, Token) is [var first, var second] ? (first, second) : throw new Xunit.Sdk.XunitException("expected two nodes");
        Assert.Equal((SendLastItem.Never, NodeAccess.Open, 3 * 37L), (empty.Configuration.SendLast, marks.Configuration.Access, marks.Bytes));
        Assert.Equal(["z", TestContent.Odd, "a"], await nodes.ListAsync(marks, Token));
        // A login finds what was not delivered, and nothing else.
        Assert.Equal(["once", "late"], await BodiesAsync(other, account.Id));
        var items = await other.Rosters.LoadAsync(account.Id, Token);
        Assert.Equal([SubscriptionState.PendingIn, SubscriptionState.Both | SubscriptionState.Approved], items.Select(item => item.State));
        Assert.Equal([TestContent.Odd, "b"], items[1].Groups);
        Assert.NotNull(await other.Documents.GetAsync(account.Id, "vcard", "", Token));
    }

    // The file is wrong at some place, which the reader meets before or after it began to write.
    [Theory]
    [InlineData("<server-data xmlns='urn:xmpp:pie:0'>", "</server-data>", "")]
    [InlineData("", "", "<!DOCTYPE x [<!ENTITY e 'x'>]>")]
    [InlineData("<wrong/>", "", "")]
    [InlineData("<server-data xmlns='urn:xmpp:pie:0'><host jid='capulet.com'><user name='x'/></host></server-data>", "", "")]
    [InlineData("U<user name='a b'/>", "", "")]
    [InlineData("U<user name=''/>", "", "")]
    [InlineData("U<user name='x'/><user name='X'/>", "", "")]
    [InlineData("U<user name='taken'/>", "", "")]
    [InlineData("U<user name='x'>text</user>", "", "")]
    [InlineData("U<user name='x'><query xmlns='jabber:iq:roster'><item jid=''/></query></user>", "", "")]
    [InlineData("U<user name='x'><query xmlns='jabber:iq:roster'><item jid='a@b' subscription='remove'/></query></user>", "", "")]
    [InlineData("U<user name='x'><scram-credentials xmlns='urn:xmpp:pie:0#scram' mechanism='SCRAM-SHA-1'><iter-count>-1</iter-count></scram-credentials></user>", "", "")]
    [InlineData("U<user name='x'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='n'><item id='1'/></items></pubsub></user>", "", "")]
    [InlineData("U<user name='x'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node=''/></pubsub></user>", "", "")]
    [InlineData("U<user name='x'><offline-messages><message xmlns='jabber:client' from='@@'/></offline-messages></user>", "", "")]
    [InlineData("U<user name='x'><offline-messages><message xmlns='jabber:client' from='a@b'/></offline-messages></user>", "", "")]
    [InlineData("U<user name='x'><offline-messages><presence xmlns='jabber:client'/></offline-messages></user>", "", "")]
    [InlineData("U<user name='x'><archive xmlns='urn:xmpp:pie:0#mam'>R<result xmlns='urn:xmpp:mam:2'/></archive></user>", "", "")]
    [InlineData("U<user name='x'><archive xmlns='urn:xmpp:pie:0#mam'>RRR</archive></user><user name='taken'/>", "", "")]
    [InlineData("U<user name='x'><archive xmlns='urn:xmpp:pie:0#mam'>RRR", "", "")]
    public async Task A_file_that_is_not_as_it_should_be_changes_nothing(string start, string end, string before)
    {
        const string result = "<result xmlns='urn:xmpp:mam:2' id='1'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>"
            + "<message xmlns='jabber:client' from='a@b' to='x@verona.lit'><body>hi</body></message></forwarded></result>";
        await test.Create("taken");
        var text = start.Replace("R", result, StringComparison.Ordinal);
        text = text.StartsWith('U') ? $"<server-data xmlns='urn:xmpp:pie:0'><host jid='verona.lit'>{text[1..]}</host></server-data>" : text;

        var refusal = await Assert.ThrowsAsync<StorageException>(() =>
            AccountImport.ReadAsync(test.Database, "verona.lit", TestDatabase.Noon, Input(before + text + end), Token));

        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal((1, 0, 0), (test.Count("SELECT count(*) FROM account"), test.Count("SELECT count(*) FROM message"), test.Count("SELECT count(*) FROM mailbox")));
    }

    [Fact]
    public async Task Any_cut_and_any_change_of_a_file_is_taken_in_whole_or_not_at_all()
    {
        await FillAsync();
        var exported = Encoding.UTF8.GetBytes(await ExportAsync(test));
        await using var other = new TestDatabase(DatabaseKind.Sqlite);
        var random = new Random(4);
        for (var i = 0; i < 60; i++)
        {
            var damaged = (byte[])exported.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged = i % 3 == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
            try
            {
                var summary = await AccountImport.ReadAsync(other.Database, "verona.lit", TestDatabase.Noon, new MemoryStream(damaged), Token);
                await other.Accounts.DeleteAsync((await other.Accounts.FindAsync(BareJid.Parse(summary.Accounts[0]).Localpart!, Token))!.Id, Token);
            }
            catch (StorageException)
            {
                // Refused; what matters is what is left.
            }
            Assert.Equal((0, 0), (other.Count("SELECT count(*) FROM account"), other.Count("SELECT count(*) FROM message")));
            Assert.Equal((0, 0), (other.Count("SELECT count(*) FROM node"), other.Count("SELECT count(*) FROM node_item")));
            Assert.Equal((0, 0, 0), (other.Count("SELECT count(*) FROM roster"), other.Count("SELECT count(*) FROM document"), other.Count("SELECT count(*) FROM credential")));
        }
    }

    [Fact]
    public async Task Many_users_go_by_few_commits_and_all_get_their_names_or_none()
    {
        const int users = 1000;
        var all = string.Concat(Enumerable.Range(0, users).Select(i =>
            $"<user name='u{i}'><query xmlns='jabber:iq:roster'><item jid='u{(i + 1) % users}@verona.lit' subscription='both'/></query></user>"));
        string File(string more) => $"<server-data xmlns='urn:xmpp:pie:0'><host jid='verona.lit'>{all}{more}</host></server-data>";
        await Assert.ThrowsAsync<StorageException>(() =>
            AccountImport.ReadAsync(test.Database, "verona.lit", TestDatabase.Noon, Input(File("<user name='u7'/>")), Token));
        Assert.Equal((0, 0), (test.Count("SELECT count(*) FROM account"), test.Count("SELECT count(*) FROM roster")));

        var before = test.Database.Commits;
        var summary = await AccountImport.ReadAsync(test.Database, "verona.lit", TestDatabase.Noon, Input(File("")), Token);

        Assert.InRange(test.Database.Commits - before, 1, users / 20);
        Assert.Equal(Enumerable.Range(0, users).Select(i => $"u{i}@verona.lit"), summary.Accounts);
        Assert.Equal((users, users), (test.Count("SELECT count(*) FROM account"), test.Count("SELECT count(*) FROM roster")));
        var last = (await test.Accounts.FindAsync($"u{users - 1}", Token))!;
        Assert.Equal("u0@verona.lit", $"{Assert.Single(await test.Rosters.LoadAsync(last.Id, Token)).Jid}");
    }

    [Fact]
    public async Task What_an_import_that_was_killed_had_begun_goes_when_the_database_opens()
    {
        // As it stands in the middle: an account without a name, with what is its already.
        await test.Database.Writer.WriteAsync(session => session.Db.Insert(new Storage.Schema.AccountRow { Created = 1 }));
        var id = test.Count("SELECT max(id) FROM account");
        var write = new TestWrite(0, id, sides: MailboxSides.Recipient);
        test.Append(write);
        Assert.Null(await write.Outcome);
        await test.Database.Writer.WriteAsync(session => session.Db.Insert(new Storage.Schema.DocumentRow { Account = id, Kind = "vcard" }));
        await test.Reopen();
        Assert.Equal((0, 0, 0), (test.Count("SELECT count(*) FROM account"), test.Count("SELECT count(*) FROM message"), test.Count("SELECT count(*) FROM document")));
    }

    [Fact]
    public async Task A_file_of_another_server_is_understood_and_what_is_not_is_told()
    {
        const string file = """
            <?xml version='1.0' encoding='UTF-8'?>
            <server-data xmlns='urn:xmpp:pie:0'><host jid='verona.lit'>
              <user name='Juliet' password='secret'>
                <query xmlns='jabber:iq:privacy'><default name='a'/><list name='a'><item type='jid' value='tybalt@verona.lit' action='deny' order='1'/></list></query>
                <x xmlns='urn:unknown'/>
                <pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='tune'><item id='current'><tune xmlns='urn:tune'/></item></items></pubsub>
                <pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node='tune'><x xmlns='jabber:x:data' type='submit'>
                  <field var='pubsub#access_model'><value>authorize</value></field></x></configure></pubsub>
                <offline-messages>
                  <message xmlns='jabber:client' from='romeo@montague.net/o' to='juliet@verona.lit' type='chat'>
                    <body>Neither</body><delay xmlns='urn:xmpp:delay' from='verona.lit' stamp='1969-07-21T00:32:29Z'>Offline Storage</delay>
                  </message>
                </offline-messages>
              </user>
            </host></server-data>
            """;
        var summary = await AccountImport.ReadAsync(test.Database, "verona.lit", TestDatabase.Noon, Input(file), Token);
        Assert.Equal(("juliet@verona.lit", 1), (Assert.Single(summary.Accounts), summary.Messages));
        Assert.Collection(
            summary.Notices,
            notice => Assert.Contains("urn:unknown", notice, StringComparison.Ordinal),
            notice => Assert.Contains("tune is the owner's alone", notice, StringComparison.Ordinal));
        var account = (await test.Accounts.FindAsync("juliet", Token))!;
        var entry = Assert.Single(await test.Mailboxes.ReadAsync(account.Id, [.. (await test.Mailboxes.UnsettledAsync(account.Id, account.Mailbox, Token)).Select(entry => entry.Id)], Token));
        Assert.Equal(1969, entry.Stamp.Year);
        Assert.DoesNotContain("delay", Encoding.UTF8.GetString(entry.Stanza.Span), StringComparison.Ordinal);
        var tune = Assert.Single(await new NodeStore(test.Database).LoadAsync(account.Id, Token));
        Assert.Equal((NodeAccess.Whitelist, "<tune xmlns='urn:tune'/>".Length), (tune.Configuration.Access, tune.Bytes));
        Assert.NotNull(await test.Accounts.FindKeysAsync("juliet", ScramHash.Sha256, Token));
        Assert.Contains("tybalt", Encoding.UTF8.GetString((await test.Documents.GetAsync(account.Id, "blocking", "list", Token))!), StringComparison.Ordinal);
    }

    private async Task<long> FillAsync()
    {
        var keys = new[] { ScramKeys.Derive(ScramHash.Sha256, "secret", ScramKeys.NewSalt(), 4096) };
        var romeo = (await test.Accounts.CreateAsync("romeo", keys, TestDatabase.Noon, Token))!.Id;
        var paris = await test.Create("paris");
        await test.Rosters.SaveAsync(romeo, new RosterItem(BareJid.Parse("小明@verona.lit")) { Name = TestContent.Odd, Groups = [TestContent.Odd, "b"], State = SubscriptionState.Both | SubscriptionState.Approved, Listed = true }, 1, Token);
        await test.Rosters.SaveAsync(romeo, new RosterItem(BareJid.Parse("paris@verona.lit")) { State = SubscriptionState.PendingIn, Request = "<presence type='subscribe'/>"u8.ToArray() }, 2, Token);
        await test.Documents.SetAsync(romeo, "vcard", "", "<vCard xmlns='vcard-temp'><FN>Romeo &amp; co.</FN></vCard>"u8.ToArray(), Token);
        await test.Documents.SetAsync(romeo, "private", PrivateXmlStorage.KeyOf(new Xmpp.Xml.XName("exodus:prefs", "exodus")), "<exodus xmlns='exodus:prefs'><nick>Hamlet</nick></exodus>"u8.ToArray(), Token);
        await test.Documents.SetAsync(romeo, "blocking", "list", "<blocklist xmlns='urn:xmpp:blocking'><item jid='tybalt@verona.lit'/></blocklist>"u8.ToArray(), Token);
        var nodes = new NodeStore(test.Database);
        var marks = await nodes.SaveAsync(romeo, new Node(0, "urn:example:" + TestContent.Odd, new NodeConfiguration { Access = NodeAccess.Open, MaxItems = null }, 0), 9, Token);
        foreach (var id in (string[])["z", TestContent.Odd, "a"])
        {
            marks = await nodes.PublishAsync(romeo, marks, new NodeItem(id, TestDatabase.Noon, "<mark xmlns='urn:example'>&lt;</mark>"u8.ToArray()), 9, Token);
        }
        await nodes.SaveAsync(romeo, new Node(0, "empty", new NodeConfiguration { PersistItems = false, SendLast = SendLastItem.Never }, 0), 0, Token);
        TestWrite[] writes =
        [
            new(paris, romeo, Message("paris", "romeo", "first")),
            new(romeo, paris, Message("romeo", "paris", TestContent.Odd.Replace("&", "&amp;", StringComparison.Ordinal))),
            new(romeo, romeo, Message("romeo", "romeo", "to myself")),
            new(paris, romeo, Message("paris", "romeo", "once", "<no-permanent-store xmlns='urn:xmpp:hints'/>"), MailboxSides.Recipient | MailboxSides.Transient),
            new(paris, romeo, Message("paris", "romeo", "early")),
            new(paris, romeo, Message("paris", "romeo", "late")),
        ];
        test.Append(writes);
        Assert.Null(await writes[^1].Outcome);
        await test.Mailboxes.SaveStateAsync(romeo, new MailboxState(writes[2].Id, [writes[4].Id], 1), [], Token);
        return romeo;
    }

    private static string Message(string from, string to, string body, string more = "") =>
        $"<message from='{from}@verona.lit/x' to='{to}@verona.lit' type='chat'><body>{body.Replace("\t", "&#x9;", StringComparison.Ordinal)}</body>{more}</message>";

    private static async Task<string> ExportAsync(TestDatabase from)
    {
        var output = new MemoryStream();
        await AccountExport.WriteAsync(from.Database, Romeo, isWhole: true, output, null, Token);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task<IEnumerable<string>> BodiesAsync(TestDatabase from, long account)
    {
        var state = (await from.Accounts.FindAsync("romeo", Token))!.Mailbox;
        var unsettled = await from.Mailboxes.UnsettledAsync(account, state, Token);
        var entries = await from.Mailboxes.ReadAsync(account, [.. unsettled.Select(entry => entry.Id)], Token);
        return entries.Select(entry => XElement.Parse(Encoding.UTF8.GetString(entry.Stanza.Span)).Element("body")!.Value);
    }

    /// <summary>The file without the ids, its times cut to what tells their order.</summary>
    private static string Normal(string file)
    {
        var document = XDocument.Parse(file);
        foreach (var id in document.Descendants().Where(element => element.Name.LocalName is "result" or "stanza-id").Attributes("id"))
        {
            id.Value = "";
        }
        return document.ToString();
    }

    private static MemoryStream Input(string text) => new(Encoding.UTF8.GetBytes(text));

    private static bool Same(ScramKeys? left, ScramKeys? right) => left is not null && right is not null
        && left.Salt.AsSpan().SequenceEqual(right.Salt) && left.StoredKey.AsSpan().SequenceEqual(right.StoredKey)
        && left.ServerKey.AsSpan().SequenceEqual(right.ServerKey) && left.Iterations == right.Iterations;
}

public sealed class AccountImportOnSqliteTests() : AccountImportTests(DatabaseKind.Sqlite);
public sealed class AccountImportOnMariaDbTests() : AccountImportTests(DatabaseKind.MariaDb);
public sealed class AccountImportOnPostgresTests() : AccountImportTests(DatabaseKind.Postgres);
