using MyChat.Client.History;
using MyChat.Client.Tests.Conversations;

namespace MyChat.Client.Tests.History;

/// <summary>Searches on the real server, and without it.</summary>
public sealed class MessageSearchTests : IAsyncLifetime
{
    private World _world = null!;
    private TestDevice _romeo = null!;
    private TestDevice _juliet = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync();
        (_romeo, _juliet) = await _world.Friends();
        foreach (var text in new[] { "明天去北京大学吗？", "cold here", "北京 is COLD", "<b>cold</b>" })
        {
            await _romeo.With(_juliet).SendAsync(text);
        }
        await _juliet.Sees(() => _juliet.With(_romeo).Summary.Unread == 4);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static async Task<string[]> Find(TestDevice device, string text, FoundPage? after = null) =>
        [.. (await device.Client.MessageSearch.SearchAsync(text, null, after)).Messages.Select(message => message.Body)];

    [Fact]
    public async Task Without_a_connection_this_device_is_searched_and_it_says_so()
    {
        await _juliet.Client.StopAsync();
        var page = await _juliet.Client.MessageSearch.SearchAsync("北京", null);
        Assert.True(page.OnlyHere);
        Assert.Equal(["北京 is COLD", "明天去北京大学吗？"], page.Messages.Select(message => message.Body));
        Assert.Equal(["<b>cold</b>", "北京 is COLD", "cold here"], await Find(_juliet, "cold"));
        using var view = await _juliet.With(_romeo).OpenAsync();
        Assert.NotNull(await view.GoToAsync(page.Messages[1]));
    }

    [Fact]
    public async Task Only_the_chat_that_is_asked_for_is_searched_and_pages_go_on()
    {
        Assert.Empty((await _juliet.Client.MessageSearch.SearchAsync("cold", World.Jid("tybalt"))).Messages);
        for (var i = 0; i < 25; i++)
        {
            await _romeo.With(_juliet).SendAsync($"many {i}");
        }
        await _juliet.Sees(() => _juliet.With(_romeo).Summary.Unread == 29);
        await _juliet.Client.StopAsync();
        var first = await _juliet.Client.MessageSearch.SearchAsync("many", _romeo.Jid);
        Assert.True(first.HasMore);
        var second = await _juliet.Client.MessageSearch.SearchAsync("many", _romeo.Jid, first);
        Assert.False(second.HasMore);
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"many {i}"), first.Messages.Concat(second.Messages).Select(message => message.Body));
    }
}
