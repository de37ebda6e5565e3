using MyChat.Client.Tests.Conversations;

namespace MyChat.Client.Tests.History;

/// <summary>What is seen on one device, without markers to the sender that others could see by carbons.</summary>
public sealed class DisplayedStatesTests : IAsyncLifetime
{
    private World _world = null!;
    private TestDevice _romeo = null!;
    private TestDevice _laptop = null!;
    private TestDevice _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync();
        (_romeo, _laptop) = await _world.Friends();
        _phone = await _world.Enter("juliet");
        await _laptop.Client.Self.SetPreferencesAsync(new() { SendReadMarkers = false });
        await _phone.Client.Self.SetPreferencesAsync(new() { SendReadMarkers = false });
        await SendsAsync(3);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task SendsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await _romeo.With(_laptop).SendAsync($"{i}");
        }
        await _laptop.Sees(() => _laptop.With(_romeo).Summary.Unread == count);
        await _phone.Sees(() => _phone.With(_romeo).Summary.Unread == count);
    }

    [Fact]
    public async Task It_is_seen_on_the_others_and_on_one_that_comes_later()
    {
        await _phone.With(_romeo).MarkReadAsync();
        await _laptop.Sees(() => _laptop.With(_romeo).Summary.Unread == 0);
        var tablet = await _world.Enter("juliet");
        await tablet.Sees(() => tablet.With(_romeo).Summary is { Last.Body: "2", Unread: 0 });
        await SendsAsync(1);
        await tablet.Sees(() => tablet.With(_romeo).Summary.Unread == 1);
    }

    [Fact]
    public async Task What_was_seen_without_a_connection_is_told_with_the_next()
    {
        await _phone.Client.StopAsync();
        await _phone.With(_romeo).MarkReadAsync();
        Assert.Equal(3, _laptop.With(_romeo).Summary.Unread);
        await _phone.Client.DisposeAsync();
        await _world.Enter("juliet", _phone.Store);
        await _laptop.Sees(() => _laptop.With(_romeo).Summary.Unread == 0);
    }
}
