using MyChat.Client.Roster;

namespace MyChat.Client.Tests.Roster;

public sealed class ContactsTests
{
    [Fact]
    public async Task Two_become_friends_and_see_each_other()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = (await world.Enter("romeo"), await world.Enter("juliet"));

        await romeo.Client.Contacts.AskAsync(juliet.Jid, "It is the east");
        Assert.Equal(Friendship.Asked, romeo[juliet].Friendship);
        await juliet.Sees(() => juliet.Arrived.SequenceEqual(["Request romeo"]));
        Assert.Equal("It is the east", juliet.Client.Notices.All[0].Note);
        Assert.Equal(1, juliet.Client.Notices.UnseenCount);

        await juliet.Client.Notices.AgreeAsync(romeo.Jid);
        await romeo.Sees(() => romeo[juliet] is { Friendship: Friendship.Friends, IsOnline: true });
        await juliet.Sees(() => juliet[romeo] is { Friendship: Friendship.Friends, IsOnline: true });
        await romeo.SeesInbox("Agreed juliet");
        await juliet.SeesInbox();
        await romeo.Sees(() => romeo.Arrived.SequenceEqual(["Agreed juliet"]));
        Assert.Equal(["Request romeo"], juliet.Arrived);
        Assert.Equal(1, romeo.Client.Contacts.OnlineCount);
    }
}
