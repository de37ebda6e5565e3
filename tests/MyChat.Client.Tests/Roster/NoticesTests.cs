using MyChat.Client.Roster;
using MyChat.Client.Stores;
using MyChat.Modules;

namespace MyChat.Client.Tests.Roster;

public sealed class NoticesTests
{
    [Fact]
    public async Task A_refusal_is_told_and_leaves_no_ghost_behind()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = (await world.Enter("romeo"), await world.Enter("juliet"));
        await romeo.Client.Contacts.AskAsync(juliet.Jid, null);
        await juliet.SeesInbox("Request romeo");

        await juliet.Client.Notices.RefuseAsync(romeo.Jid);

        await romeo.SeesInbox("Refused juliet");
        await romeo.Sees(() => romeo.Client.Contacts.ItemOf(juliet.Jid) is null);
        Assert.Empty(juliet.Client.Notices.All);
        Assert.Equal(Friendship.None, romeo[juliet].Friendship);

        // And she may still ask him: nothing of his approval is left.
        await juliet.Client.Contacts.AskAsync(romeo.Jid, "I was hasty");
        await romeo.SeesInbox("Refused juliet", "Request juliet");
    }

    [Fact]
    public async Task Who_was_deleted_while_away_hears_it_once_on_each_device_until_it_is_dismissed()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        await romeo.Sees(() => romeo.Client.Notices.All.Count == 0);
        await romeo.Settles();
        await romeo.Client.StopAsync();
        await juliet.Client.Contacts.DeleteAsync(romeo.Jid);

        var phone = await world.Enter("romeo");
        await phone.SeesInbox("Deleted juliet");
        await phone.Sees(() => phone.Arrived.SequenceEqual(["Deleted juliet"]));
        await phone.Settles();
        var desk = await world.Enter("romeo", romeo.Store);
        await desk.SeesInbox("Deleted juliet");
        Assert.Equal(phone.Client.Notices.All[0].Id, desk.Client.Notices.All[0].Id);

        await desk.Client.Notices.DismissAsync(desk.Client.Notices.All[0].Id);
        await desk.Settles();
        phone.Client.Self.SetActive(false);
        phone.Client.Self.SetActive(true);
        await phone.SeesInbox();
        var browser = await world.Enter("romeo");
        await browser.Settles();
        Assert.Empty(browser.Client.Notices.All);
        Assert.Empty(browser.Arrived);
    }

    [Fact]
    public async Task A_friend_who_deleted_can_be_asked_again_and_the_notice_is_gone()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        await juliet.Client.Contacts.DeleteAsync(romeo.Jid);
        await romeo.SeesInbox("Deleted juliet");

        await romeo.Client.Contacts.AskAsync(juliet.Jid, null);
        await romeo.SeesInbox();
        await juliet.SeesInbox("Request romeo");
        await juliet.Client.Notices.AgreeAsync(romeo.Jid);
        await romeo.SeesInbox("Agreed juliet");
        await juliet.Sees(() => juliet[romeo].Friendship == Friendship.Friends);
    }

    [Fact]
    public async Task What_another_device_of_the_user_deleted_is_no_news()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        var phone = await world.Enter("romeo");
        await phone.Sees(() => phone[juliet].Friendship == Friendship.Friends);

        await phone.Client.Contacts.DeleteAsync(juliet.Jid);

        await romeo.Sees(() => romeo.Client.Contacts.All.Count == 0);
        await juliet.SeesInbox("Deleted romeo");
        await romeo.Settles();
        await phone.Settles();
        Assert.Empty(romeo.Client.Notices.All);
        Assert.Empty(phone.Client.Notices.All);
    }

    [Fact]
    public async Task A_request_is_one_on_all_devices_and_what_one_answers_goes_from_the_other()
    {
        await using var world = await World.StartAsync();
        var (desk, phone) = (await world.Enter("juliet"), await world.Enter("juliet"));
        var romeo = await world.Enter("romeo");
        await romeo.Client.Contacts.AskAsync(desk.Jid, "It is the east");
        await desk.SeesInbox("Request romeo");
        await phone.SeesInbox("Request romeo");
        Assert.Equal(desk.Client.Notices.All[0].Id, phone.Client.Notices.All[0].Id);

        await desk.Client.Notices.RefuseAsync(romeo.Jid);
        await desk.Settles();
        phone.Client.Self.SetActive(false);
        phone.Client.Self.SetActive(true);
        await phone.SeesInbox();

        // Asked anew, it is a new request on both.
        await romeo.SeesInbox("Refused juliet");
        await romeo.Client.Contacts.AskAsync(desk.Jid, null);
        await phone.SeesInbox("Request romeo");
        await desk.SeesInbox("Request romeo");
        Assert.Equal(desk.Client.Notices.All[0].Id, phone.Client.Notices.All[0].Id);
        await phone.Client.Notices.AgreeAsync(romeo.Jid);
        await desk.SeesInbox();
    }

    [Fact]
    public async Task A_request_that_was_answered_elsewhere_while_this_device_was_away_is_not_shown_again()
    {
        await using var world = await World.StartAsync();
        var desk = await world.Enter("juliet");
        var romeo = await world.Enter("romeo");
        await romeo.Client.Contacts.AskAsync(desk.Jid, null);
        await desk.SeesInbox("Request romeo");
        await desk.Settles();
        await desk.Client.StopAsync();
        // Taken back, of which nobody who is away hears.
        await romeo.Client.Contacts.TakeBackAsync(desk.Jid);
        await romeo.Sees(() => romeo.Client.Contacts.ItemOf(desk.Jid) is null);

        var later = await world.Enter("juliet", desk.Store);
        await later.SeesInbox();
    }

    [Fact]
    public async Task A_request_is_kept_until_it_is_answered_or_dismissed()
    {
        await using var world = await World.StartAsync();
        var romeo = await world.Enter("romeo");
        await romeo.Client.Contacts.AskAsync(World.Jid("juliet"), "Soft!");
        var store = new MemoryStore();
        var juliet = await world.Enter("juliet", store);
        await juliet.SeesInbox("Request romeo");
        await juliet.Client.Notices.MarkSeenAsync();
        Assert.Equal(0, juliet.Client.Notices.UnseenCount);
        await juliet.Settles();

        var phone = await world.Enter("juliet");
        await phone.SeesInbox("Request romeo");
        await phone.Settles();
        Assert.Equal("Soft!", phone.Client.Notices.All[0].Note);
        Assert.Equal(0, phone.Client.Notices.UnseenCount);
        Assert.Empty(phone.Arrived);

        await phone.Client.Notices.DismissAsync(phone.Client.Notices.All[0].Id);
        await phone.Settles();
        var browser = await world.Enter("juliet");
        await browser.Settles();
        Assert.Empty(browser.Client.Notices.All);
    }

    [Fact]
    public async Task Blocked_people_cannot_ask()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = (await world.Enter("romeo"), await world.Enter("juliet"));
        await romeo.Client.Contacts.AskAsync(juliet.Jid, null);
        await juliet.SeesInbox("Request romeo");
        var phone = await world.Enter("juliet");
        await phone.SeesInbox("Request romeo");

        await juliet.Client.Contacts.BlockAsync(romeo.Jid);

        await juliet.SeesInbox();
        await phone.SeesInbox();
        Assert.Equal([romeo.Jid], juliet.Client.Contacts.Blocked);
        Assert.True(phone[romeo].IsBlocked);
    }

    [Fact]
    public async Task Both_who_ask_each_other_at_once_are_friends_without_a_click()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = (await world.Enter("romeo"), await world.Enter("juliet"));
        await Task.WhenAll(romeo.Client.Contacts.AskAsync(juliet.Jid, null), juliet.Client.Contacts.AskAsync(romeo.Jid, null));
        await romeo.Sees(() => romeo[juliet].Friendship == Friendship.Friends);
        await juliet.Sees(() => juliet[romeo].Friendship == Friendship.Friends);
        await romeo.Settles();
        await juliet.Settles();
        Assert.DoesNotContain(romeo.Client.Notices.All.Concat(juliet.Client.Notices.All), notice => notice.Kind == NoticeKind.Request);
    }

    [Fact]
    public async Task Without_private_xml_each_device_goes_by_itself()
    {
        await using var world = await World.StartAsync(typeof(PrivateXmlStorage));
        var (romeo, juliet) = await world.Friends();
        await romeo.Client.StopAsync();
        await juliet.Client.Contacts.DeleteAsync(romeo.Jid);

        var again = await world.Enter("romeo", romeo.Store);
        await again.SeesInbox("Deleted juliet");
        await again.Sees(() => again.Arrived.SequenceEqual(["Deleted juliet"]));
    }
}
