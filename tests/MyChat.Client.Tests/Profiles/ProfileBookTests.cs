using MyChat.Client.Profiles;
using MyChat.Xmpp.Xeps;

namespace MyChat.Client.Tests.Profiles;

public sealed class ProfileBookTests
{
    private static readonly byte[] Gif = [.. "GIF89a"u8, 7, 7, 7];

    [Fact]
    public async Task A_friends_name_and_picture_are_seen_and_fetched_once()
    {
        await using var world = await World.StartAsync();
        var juliet = await world.Enter("juliet");
        var wire = new Wire();
        var romeo = await world.Enter("romeo", options: options => options with { Log = wire });
        await romeo.Befriends(juliet);

        await juliet.Client.Profiles.PublishAsync(new Profile("朱丽叶", "at the window", Picture.TryMake(VCardsTests.Png)));
        Assert.Equal(("朱丽叶", VcardAvatars.HashOf(VCardsTests.Png)), (juliet.Client.Self.Name, juliet.Client.Self.PictureHash));

        await romeo.Sees(() => romeo[juliet] is { Name: "朱丽叶", PictureHash: not null });
        var picture = await romeo.Client.Profiles.GetPictureAsync(romeo[juliet].PictureHash!);
        Assert.Equal(VCardsTests.Png, picture?.Bytes);
        Assert.Null(await romeo.Client.Profiles.GetPictureAsync(new string('0', 40)));
        Assert.Null(await romeo.Client.Profiles.GetPictureAsync("../self"));
        await romeo.Settles();
        await romeo.Client.StopAsync();

        // The device comes back: all is there, and nothing is fetched again.
        var again = await world.Enter("romeo", romeo.Store, options => options with { Log = wire = new Wire() });
        Assert.Equal("朱丽叶", again[juliet].Name);
        Assert.Equal(VCardsTests.Png, (await again.Client.Profiles.GetPictureAsync(again[juliet].PictureHash!))?.Bytes);
        await again.Sees(() => again[juliet].IsOnline);
        await again.Settles();
        Assert.DoesNotContain(wire.Sent, piece => piece.Contains("to='juliet@verona.lit'", StringComparison.Ordinal) && piece.Contains("vCard", StringComparison.Ordinal));

        await juliet.Client.Profiles.PublishAsync(juliet.Client.Profiles.Own with { Picture = Picture.TryMake(Gif) });
        await again.Sees(() => again[juliet].PictureHash == VcardAvatars.HashOf(Gif));
        await juliet.Client.Profiles.PublishAsync(juliet.Client.Profiles.Own with { Picture = null });
        await again.Sees(() => again[juliet].PictureHash is null);
    }

    [Fact]
    public async Task The_users_other_device_shows_the_new_picture_too()
    {
        await using var world = await World.StartAsync();
        var (desk, phone) = (await world.Enter("juliet"), await world.Enter("juliet"));
        await desk.Client.Profiles.PublishAsync(new Profile("Jule", null, Picture.TryMake(Gif)));
        await phone.Sees(() => phone.Client.Self.PictureHash == VcardAvatars.HashOf(Gif));
        Assert.Equal("Jule", phone.Client.Self.Name);
    }

    [Fact]
    public async Task A_picture_that_is_none_or_too_large_is_refused()
    {
        await using var world = await World.StartAsync();
        var juliet = await world.Enter("juliet");
        var large = new byte[ProfileBook.MaxPictureBytes + 1];
        Gif.CopyTo(large, 0);
        await Assert.ThrowsAsync<ArgumentException>(() => juliet.Client.Profiles.PublishAsync(new Profile(null, null, new Picture("x", "image/gif", large))));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            juliet.Client.Profiles.PublishAsync(new Profile(null, null, new Picture("x", "image/gif", [.. "<svg/>"u8]))));
        Assert.Null(await juliet.Client.Profiles.FetchAsync(World.Jid("romeo")));
    }
}
