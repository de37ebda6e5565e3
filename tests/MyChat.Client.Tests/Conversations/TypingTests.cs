using Microsoft.Extensions.Time.Testing;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;

namespace MyChat.Client.Tests.Conversations;

/// <summary>Typing ends by itself, on either side, by the clock.</summary>
public sealed class TypingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 31, 20, 0, 0, TimeSpan.Zero));
    private World _world = null!;
    private TestDevice _romeo = null!;
    private TestDevice _juliet = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync();
        _romeo = await _world.Enter("romeo", options: options => options with { Time = _clock, AskAfterSilence = TimeSpan.FromHours(9) });
        _juliet = await _world.Enter("juliet");
        await _romeo.Befriends(_juliet);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Who_presses_no_key_for_ten_seconds_is_said_to_pause()
    {
        _romeo.With(_juliet).SetTyping(true);
        await _juliet.Sees(() => _juliet.With(_romeo).Summary.IsTyping);
        await Settle(_romeo);
        _clock.Advance(TimeSpan.FromSeconds(9));
        await Settle(_romeo);
        Assert.True(_juliet.With(_romeo).Summary.IsTyping);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await _juliet.Sees(() => !_juliet.With(_romeo).Summary.IsTyping);
    }

    [Fact]
    public async Task Theirs_fades_when_nothing_more_is_heard()
    {
        _juliet.With(_romeo).SetTyping(true);
        await _romeo.Sees(() => _romeo.With(_juliet).Summary.IsTyping);
        await Settle(_romeo);
        _clock.Advance(TimeSpan.FromSeconds(59));
        await Settle(_romeo);
        Assert.True(_romeo.With(_juliet).Summary.IsTyping);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await _romeo.Sees(() => !_romeo.With(_juliet).Summary.IsTyping);
    }

    /// <summary>The turn that is under way is over: a command is one as well.</summary>
    private static Task Settle(TestDevice device) => device.Client.Conversations[World.Jid("tybalt")].SetDraftAsync($"{Guid.CreateVersion7()}");
}
