using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Profiles;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.EndToEnd.Browsers;
using MyChat.Xmpp.Jids;

namespace MyChat.EndToEnd.Prosody;

/// <summary>The whole client on somebody else's server: what works there, and what differs. The list is in docs/clients.md.</summary>
public sealed class ClientTests(ProsodyFixture prosody) : IClassFixture<ProsodyFixture>, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _used = [];
    private readonly Dictionary<ChatClient, TestLog> _logs = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_become_friends_and_chat()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var (romeo, juliet) = await FriendsAsync();
        await romeo.UntilAsync(() => romeo.Contacts[juliet.Account].IsOnline);
        Assert.Equal((1, 1), (juliet.Contacts.OnlineCount, juliet.Contacts.Friends.Count));
        await romeo.UntilAsync(() => romeo.Notices.All.Count > 0);
        Assert.Equal(NoticeKind.Agreed, Assert.Single(romeo.Notices.All).Kind);

        var sent = await romeo.Conversations[juliet.Account].SendAsync("Soft!", cancellationToken: Cancel);
        using var timeline = await juliet.Conversations[romeo.Account].OpenAsync(Cancel);
        await juliet.UntilAsync(() => timeline.Items.Any(message => message.Body == "Soft!"));
        using var mine = await romeo.Conversations[juliet.Account].OpenAsync(Cancel);
        await romeo.UntilAsync(() => mine.Items.Single(message => message.Key == sent.Key).State == MessageState.Delivered);
        await juliet.Conversations[romeo.Account].MarkReadAsync(Cancel);
        await romeo.UntilAsync(() => mine.Items.Single(message => message.Key == sent.Key).State == MessageState.Read);
    }

    [Fact]
    public async Task A_new_device_gets_the_messages_of_another_from_the_archive()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        const int Count = 130;
        var (romeo, juliet) = await FriendsAsync();
        for (var i = 1; i <= Count; i++)
        {
            await romeo.Conversations[juliet.Account].SendAsync($"{i}", cancellationToken: Cancel);
        }
        await juliet.UntilAsync(() => juliet.Conversations[romeo.Account].Summary.Last?.Body == $"{Count}");
        await juliet.Conversations[romeo.Account].SendAsync("enough", cancellationToken: Cancel);
        await romeo.UntilAsync(() => romeo.Conversations[juliet.Account].Summary.Last?.Body == "enough");

        var phone = await EnterAgainAsync(juliet.Account);
        await phone.UntilAsync(() => phone.Conversations[romeo.Account].Summary.Last?.Body == "enough");
        using var view = await phone.Conversations[romeo.Account].OpenAsync(Cancel);
        for (var i = 0; view.HasOlder && i < 20; i++)
        {
            await view.LoadOlderAsync(Cancel);
        }
        Assert.True(view.Begins);
        Assert.Equal([.. Enumerable.Range(1, Count).Select(i => $"{i}"), "enough"], view.Items.Select(message => message.Body));
        Assert.Equal(0, phone.Conversations[romeo.Account].Summary.Unread);
    }

    [Fact]
    public async Task A_request_waits_for_who_is_away_and_a_refusal_too()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var (romeo, juliet) = (await EnterAsync("romeo"), await EnterAsync("juliet"));
        await juliet.StopAsync(Cancel);
        await romeo.Contacts.AskAsync(juliet.Account, "It is me", Cancel);
        await KeepsAsync(romeo, "state='asked'");
        await romeo.StopAsync(Cancel);

        var later = await EnterAgainAsync(juliet.Account);
        await later.UntilAsync(() => later.Notices.All.Any(notice => notice.Kind == NoticeKind.Request));
        Assert.Equal("It is me", Assert.Single(later.Notices.All).Note);
        await later.Notices.RefuseAsync(romeo.Account, Cancel);
        var back = await EnterAgainAsync(romeo.Account);
        await back.UntilAsync(() => back.Notices.All.Any(notice => notice.Kind == NoticeKind.Refused));
    }

    [Fact]
    public async Task Who_agrees_to_one_who_is_away_is_a_friend_when_that_one_returns()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var (romeo, juliet) = (await EnterAsync("romeo"), await EnterAsync("juliet"));
        await romeo.Contacts.AskAsync(juliet.Account, "It is me", Cancel);
        await KeepsAsync(romeo, "state='asked'");
        await romeo.StopAsync(Cancel);
        await juliet.UntilAsync(() => juliet.Notices.All.Count > 0);
        await juliet.Notices.AgreeAsync(romeo.Account, Cancel);
        var back = await EnterAgainAsync(romeo.Account);
        await back.UntilAsync(() => back.Contacts[juliet.Account].Friendship == Friendship.Friends);
        await juliet.UntilAsync(() => juliet.Contacts[romeo.Account].Friendship == Friendship.Friends);
        await back.UntilAsync(() => back.Notices.All.Any(notice => notice.Kind == NoticeKind.Agreed));
    }

    [Fact]
    public async Task Who_was_deleted_while_away_is_told_at_a_new_device()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var (romeo, juliet) = await FriendsAsync();
        await KeepsAsync(juliet, "<quiet state='friend'>");
        await juliet.StopAsync(Cancel);
        await romeo.Contacts.DeleteAsync(juliet.Account, Cancel);
        await romeo.UntilAsync(() => romeo.Contacts.Friends.Count == 0);

        var elsewhere = await EnterAgainAsync(juliet.Account);
        await elsewhere.UntilAsync(() => elsewhere.Notices.All.Any(notice => notice.Kind == NoticeKind.Deleted));
        Assert.Single(elsewhere.Notices.All, notice => notice.Kind == NoticeKind.Deleted && notice.Jid.Equals(romeo.Account));
    }

    [Fact]
    public async Task A_cut_link_loses_and_doubles_nothing()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        await using var link = new Link(() => prosody.Server.StartTlsPort);
        var (romeo, juliet) = await FriendsAsync(link);
        var bodies = new List<string>();
        for (var i = 1; i <= 6; i++)
        {
            bodies.Add($"romeo {i}");
            await romeo.Conversations[juliet.Account].SendAsync(bodies[^1], cancellationToken: Cancel);
            if (i % 2 == 0)
            {
                link.Cut();
                await romeo.UntilAsync(() => !romeo.Status.IsOnline);
                link.Mend();
                romeo.Retry();
                await romeo.WhenOnlineAsync(Cancel);
            }
        }
        using var timeline = await juliet.Conversations[romeo.Account].OpenAsync(Cancel);
        await juliet.UntilAsync(() => timeline.Items.Count >= bodies.Count);
        Assert.Equal(bodies, timeline.Items.Select(message => message.Body));
        using var mine = await romeo.Conversations[juliet.Account].OpenAsync(Cancel);
        await romeo.UntilAsync(() => mine.Items.All(message => message.State >= MessageState.Sent));
        Assert.Equal(bodies, mine.Items.Select(message => message.Body));
    }

    [Fact]
    public async Task There_is_no_search_and_the_address_does()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var romeo = await EnterAsync("romeo");
        await romeo.UntilAsync(() => !romeo.Search.IsOffered);
    }

    [Fact]
    public async Task Name_and_signature_reach_a_friend_by_the_profile()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var (romeo, juliet) = await FriendsAsync();
        await juliet.Profiles.PublishAsync(new Profile("Juliet Capulet", null, null), Cancel);
        await juliet.Self.SetSignatureAsync("Parting is such sweet sorrow", Cancel);
        await romeo.UntilAsync(() => romeo.Contacts[juliet.Account].Signature == "Parting is such sweet sorrow");
        var profile = await romeo.Profiles.FetchAsync(juliet.Account, Cancel);
        Assert.Equal(("Juliet Capulet", "Parting is such sweet sorrow"), (profile?.Name, profile?.Signature));
    }

    [Fact]
    public async Task Who_is_blocked_reaches_nobody()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var (romeo, juliet) = await FriendsAsync();
        await juliet.Contacts.BlockAsync(romeo.Account, Cancel);
        await juliet.UntilAsync(() => juliet.Contacts.Blocked.Contains(romeo.Account));
        var refused = await romeo.Conversations[juliet.Account].SendAsync("Soft!", cancellationToken: Cancel);
        using var mine = await romeo.Conversations[juliet.Account].OpenAsync(Cancel);
        await romeo.UntilAsync(() => mine.Items.Single(message => message.Key == refused.Key).State == MessageState.Failed);
        Assert.Equal(0, juliet.Conversations[romeo.Account].Summary.Unread);
    }

    [Fact]
    public async Task A_changed_password_is_the_one_that_works()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var romeo = await EnterAsync("romeo");
        await romeo.ChangePasswordAsync("a better one", Cancel);
        await romeo.StopAsync(Cancel);
        var again = await EnterAgainAsync(romeo.Account, "a better one");
        Assert.Equal(ConnectionPhase.Online, again.Status.Phase);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var used in _used)
        {
            await used.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until the account has noted what its friendships are: what a later device compares with.</summary>
    private Task KeepsAsync(ChatClient client, string note) =>
        _logs[client].UntilAsync(line => line.StartsWith('→') && line.Contains("urn:mychat:notices:0", StringComparison.Ordinal) && line.Contains(note, StringComparison.Ordinal));

    private async Task<(ChatClient Romeo, ChatClient Juliet)> FriendsAsync(Link? romeosLink = null)
    {
        var (romeo, juliet) = (await EnterAsync("romeo", romeosLink), await EnterAsync("juliet"));
        await romeo.Contacts.AskAsync(juliet.Account, "It is me", Cancel);
        await juliet.UntilAsync(() => juliet.Notices.All.Any(notice => notice.Kind == NoticeKind.Request));
        Assert.Equal("It is me", juliet.Notices.All.Single().Note);
        await juliet.Notices.AgreeAsync(romeo.Account, Cancel);
        await romeo.UntilAsync(() => romeo.Contacts[juliet.Account].Friendship == Friendship.Friends);
        await juliet.UntilAsync(() => juliet.Contacts[romeo.Account].Friendship == Friendship.Friends);
        await juliet.UntilAsync(() => juliet.Contacts[romeo.Account].IsOnline);
        return (romeo, juliet);
    }

    private async Task<ChatClient> EnterAsync(string begin, Link? link = null)
    {
        var name = prosody.NewName(begin);
        await prosody.Server.RegisterAsync(name, "pencil");
        return await EnterAgainAsync(BareJid.Parse($"{name}@{prosody.Server.Domain}"), link: link);
    }

    private async Task<ChatClient> EnterAgainAsync(BareJid account, string password = "pencil", Link? link = null)
    {
        var port = link?.Port ?? prosody.Server.StartTlsPort;
        var log = new TestLog(account.Localpart!);
        var client = new ChatClient(
            new ChatOptions
            {
                Account = account,
                Credentials = new Credentials(password),
                Log = log,
                Dial = (_, _) => ValueTask.FromResult<ClientTransport>(
                    new TcpTransport("127.0.0.1", port, prosody.Server.Domain, TlsMode.StartTls, prosody.Server.Trust)),
            },
            new MemoryStore());
        _used.Add(client);
        _logs.Add(client, log);
        await client.StartAsync(Cancel);
        await client.WhenOnlineAsync(Cancel).WaitAsync(Clients.Patience, Cancel);
        return client;
    }

    /// <summary>Writes what is sent and received into the test's output, which is shown when it fails.</summary>
    private sealed class TestLog(string name) : ProtocolLog
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];
        private readonly List<(Func<string, bool> Condition, TaskCompletionSource Done)> _waiting = [];

        /// <summary>Completes when such a line was, or is, written; it begins with → where it was sent.</summary>
        public Task UntilAsync(Func<string, bool> condition)
        {
            lock (_gate)
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_lines.Exists(line => condition(line)))
                {
                    done.SetResult();
                }
                else
                {
                    _waiting.Add((condition, done));
                }
                return done.Task.WaitAsync(Clients.Patience);
            }
        }

        protected override void Write(bool sent, string xml)
        {
            var line = $"{(sent ? '→' : '←')} {xml}";
            TestRun.Say($"{name} {line}");
            lock (_gate)
            {
                _lines.Add(line);
                foreach (var (_, done) in _waiting.Where(waiting => waiting.Condition(line)))
                {
                    done.TrySetResult();
                }
            }
        }
    }
}
