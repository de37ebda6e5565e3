using Microsoft.Extensions.DependencyInjection;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;

namespace MyChat.Server.Tests.Mailboxes;

public class RetentionTests
{
    [Fact]
    public async Task What_is_old_goes_once_it_was_received_and_mailboxes_have_room_again()
    {
        await using var server = await TestServer.StartAsync(PlayTransport.Memory);
        await using var play = new Play(server, PlayTransport.Memory, ownsServer: false);
        var (services, domain) = (server.Services, server.Services.GetRequiredService<XmppServer>());
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await play.Enter("nurse/kitchen", presence: false); // she receives nothing
        for (var i = 0; i < 5; i++)
        {
            await romeo.Sends($"<message to='juliet@verona.lit' type='chat'><body>{i}</body></message>");
            await juliet.Receives($"<message …><body>{i}</body>…</message>");
            await romeo.Sends($"<message to='nurse@verona.lit' type='chat'><body>{i}</body></message>");
        }
        await play.NobodyReceivesMore();
        await juliet.Disconnects(); // politely: so she has them
        await SavedAsync(play, services, "juliet", isDelivered: true);
        await SavedAsync(play, services, "romeo", isDelivered: false);
        var before = await BytesAsync(services, "juliet");
        Assert.True(before > 0 && await BytesAsync(services, "romeo") > before);
        play.Passes(TimeSpan.FromSeconds(20));
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>young</body></message>");
        await play.NobodyReceivesMore();

        var told = new List<PruneProgress>();
        var rule = new RetentionRule(server.Clock.GetUtcNow().AddSeconds(-10), 0);
        var trial = await domain.Retention.PruneAsync(new PruneRequest(rule, IsTrial: true), null, TestContext.Current.CancellationToken);
        var ofRomeo = await domain.Retention.PruneAsync(
            new PruneRequest(rule, BareJid.Parse("romeo@verona.lit"), IsTrial: true), null, TestContext.Current.CancellationToken);
        Assert.Equal((1, 10), (ofRomeo.Accounts, ofRomeo.Entries));
        var done = await domain.Retention.PruneAsync(new PruneRequest(rule), new Told(told), TestContext.Current.CancellationToken);

        Assert.Equal((3, 15), (done.Accounts, done.Entries)); // ten of romeo's, five of juliet's
        Assert.Equal(done, told[^1]);
        Assert.Equal(done, trial);
        Assert.Equal(1, await CountAsync(services, "juliet"));
        Assert.Equal(1, await CountAsync(services, "romeo"));
        Assert.Equal(5, await CountAsync(services, "nurse"));
        await SavedAsync(play, services, "juliet", isDelivered: false);
        await SavedAsync(play, services, "romeo", isDelivered: false);
        Assert.True(await BytesAsync(services, "juliet") < before);
        Assert.Equal(await BytesAsync(services, "juliet"), await BytesAsync(services, "romeo")); // the young one is all that both have
        Assert.Equal(new PruneProgress(3, 0, 0), await domain.Retention.PruneAsync(new PruneRequest(rule), null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_hour_the_configuration_is_heeded()
    {
        await using var server = await TestServer.StartAsync(
            PlayTransport.Memory, new TestServerOptions { Configure = options => options.History.KeepMessages = 2 });
        await using var play = new Play(server, PlayTransport.Memory, ownsServer: false);
        var romeo = await play.Enter("romeo/orchard");
        for (var i = 0; i < 5; i++)
        {
            await romeo.Sends($"<message to='romeo@verona.lit' type='chat'><body>{i}</body></message>");
            await romeo.Receives($"<message …><body>{i}</body>…</message>");
        }
        await romeo.Disconnects();
        await SavedAsync(play, server.Services, "romeo", isDelivered: true);
        server.Advance(TimeSpan.FromMinutes(61));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await CountAsync(server.Services, "romeo") != 2)
        {
            await Task.Yield();
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<int> CountAsync(IServiceProvider services, string user) => (await LogAsync(services, user)).Count;

    private static async Task<IReadOnlyList<MailboxEntry>> LogAsync(IServiceProvider services, string user) =>
        (await services.GetRequiredService<IArchiveStore>().QueryAsync((await RecordAsync(services, user)).Id, new ArchiveQuery(), CancellationToken.None)).Entries;

    private static async Task<long> BytesAsync(IServiceProvider services, string user) => (await RecordAsync(services, user)).Mailbox.Bytes;

    private static async Task<AccountRecord> RecordAsync(IServiceProvider services, string user) =>
        (await services.GetRequiredService<IAccountStore>().FindAsync(user, CancellationToken.None))!; // the play made it

    /// <summary>The server has saved what it knows of a mailbox: the account's row says what its log holds and, where that is asked, that all is delivered.</summary>
    private static async Task SavedAsync(Play play, IServiceProvider services, string user, bool isDelivered)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var (state, log) = ((await RecordAsync(services, user)).Mailbox, await LogAsync(services, user));
            if (state.Bytes == log.Sum(entry => entry.Stanza.Length) && (!isDelivered || state.Delivered >= log[^1].Id))
            {
                return;
            }
            patience.Token.ThrowIfCancellationRequested();
            play.Passes(TimeSpan.FromSeconds(1)); // it saves once a second
            await play.NobodyReceivesMore();
        }
    }

    private sealed class Told(List<PruneProgress> list) : IProgress<PruneProgress>
    {
        public void Report(PruneProgress value) => list.Add(value);
    }
}
