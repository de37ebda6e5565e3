using MyChat.Client.Roster;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Flows;

/// <summary>Becoming friends, and ceasing to be.</summary>
public sealed class FriendTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task One_asks_the_other_agrees_and_both_see_each_other_online(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await EnterBothAsync(host, server);
        await romeo.Friends.AskAsync(juliet, "We met at the ball");
        await juliet.Verification.IsMarkedAsync(1);
        await juliet.Verification.SaysAsync(NoticeKind.Request, romeo, "We met at the ball");
        await juliet.Verification.AgreeAsync(romeo);
        foreach (var (person, friend) in new[] { (romeo, juliet), (juliet, romeo) })
        {
            await person.Friends.CountsAsync(1, 1);
            await person.Friends.IsOnlineAsync(friend);
        }
        await romeo.Verification.SaysAsync(NoticeKind.Agreed, juliet);
        await romeo.Verification.DismissAsync(NoticeKind.Agreed, juliet);

        await juliet.LeaveAsync();
        await romeo.Friends.CountsAsync(0, 1);
        await romeo.Friends.IsOfflineAsync(juliet);
        await juliet.ReturnAsync();
        await romeo.Friends.CountsAsync(1, 1);
        await juliet.Friends.IsOnlineAsync(romeo);
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task One_asks_the_other_refuses(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await EnterBothAsync(host, server);
        await romeo.Friends.AskAsync(juliet, "We met at the ball");
        await juliet.Verification.RefuseAsync(romeo);
        await romeo.Verification.SaysAsync(NoticeKind.Refused, juliet);
        await romeo.Friends.IsNoFriendAsync(juliet);
        await juliet.Friends.IsNoFriendAsync(romeo);
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task A_request_waits_for_who_is_away_and_so_does_its_answer(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await EnterBothAsync(host, server);
        await juliet.LeaveAsync();
        await romeo.Friends.AskAsync(juliet, "We met at the ball");
        await romeo.LeaveAsync();

        await juliet.ReturnAsync();
        await juliet.Verification.IsMarkedAsync(1);
        await juliet.Verification.SaysAsync(NoticeKind.Request, romeo, "We met at the ball");
        await juliet.Verification.AgreeAsync(romeo);
        if (server == ServerKind.MyChat)
        {
            // Prosody 0.12 passes the pre-approved answer on only when both have been there again.
            await juliet.Friends.IsOfflineAsync(romeo);
        }
        await juliet.LeaveAsync();

        await romeo.ReturnAsync();
        await romeo.Verification.SaysAsync(NoticeKind.Agreed, juliet);
        await romeo.Friends.IsOfflineAsync(juliet);
        await romeo.Friends.CountsAsync(0, 1);
        await juliet.ReturnAsync();
        await juliet.Friends.IsOnlineAsync(romeo);
        await romeo.Friends.IsOnlineAsync(juliet);
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task A_refusal_waits_for_who_is_away(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await EnterBothAsync(host, server);
        await romeo.Friends.AskAsync(juliet, "We met at the ball");
        await romeo.LeaveAsync();
        await juliet.Verification.RefuseAsync(romeo);
        await romeo.ReturnAsync();
        await romeo.Verification.SaysAsync(NoticeKind.Refused, juliet);
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task Who_is_deleted_is_told_so(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host, server);
        await romeo.Friends.DeleteAsync(juliet);
        await juliet.Verification.SaysAsync(NoticeKind.Deleted, romeo);
        await juliet.Friends.IsNoFriendAsync(romeo);
        // Whoever deletes is told nothing.
        await romeo.Verification.OpenAsync();
        await romeo.Verification.HasNothingAsync(NoticeKind.Deleted, juliet);
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task Who_was_deleted_while_away_is_told_once_at_a_new_device(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host, server);
        await juliet.LeaveAsync();
        await romeo.Friends.DeleteAsync(juliet);

        var elsewhere = await AtAnotherDeviceAsync(juliet);
        await elsewhere.LogInAsync();
        await elsewhere.Verification.SaysAsync(NoticeKind.Deleted, romeo);
        await elsewhere.Friends.IsNoFriendAsync(romeo);
        await elsewhere.Verification.DismissAsync(NoticeKind.Deleted, romeo);
        await elsewhere.LeaveAsync();

        // The old device, which never saw it, does not tell it again.
        await juliet.ReturnAsync();
        await juliet.Friends.IsNoFriendAsync(romeo);
        await juliet.Shell.IsOnlineAsync();
        await juliet.Verification.OpenAsync();
        await juliet.Verification.HasNothingAsync(NoticeKind.Deleted, romeo);
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task The_search_finds_by_part_of_a_name_and_knows_friends_and_oneself(HostKind host)
    {
        OnlyWhenFull();
        var juliet = await ArriveAsync(host, "juliet");
        await juliet.Welcome.RegisterAsync("朱丽叶 Capulet");
        var romeo = await EnterAsync(host, "romeo");
        await romeo.Friends.FindAsync(juliet, "丽叶");
        await romeo.Friends.FindAsync(juliet, "capul");
        var self = await romeo.Friends.FindAsync(romeo);
        await Microsoft.Playwright.Assertions.Expect(self).ToContainTextAsync(romeo.Words.Friends.ThatIsYou);

        await romeo.Friends.AskAsync(juliet, "It is me");
        await juliet.Verification.AgreeAsync(romeo);
        var found = await romeo.Friends.FindAsync(juliet, "丽叶");
        await Microsoft.Playwright.Assertions.Expect(found).ToContainTextAsync(romeo.Words.Friends.AlreadyFriend);
    }
}
