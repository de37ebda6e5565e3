using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Desktop.Notices;
using MyChat.Ui.App;

namespace MyChat.Desktop.Tests.Notices;

/// <summary>Notifications on Linux; <c>notify-send</c> is a script here that writes down how it was called.</summary>
public sealed class NotifySendNoticesTests : IDisposable
{
    // As the real one: the id first, then the action that was clicked.
    private const string Clicked = """
        for argument; do printf '%s\n' "$argument"; done >> "$0.calls"
        echo 7
        echo default
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task What_others_wrote_is_neither_an_option_nor_markup()
    {
        using var notices = Notices();
        await ShowAsync(notices, new Notification("chat/a", "--replace-id=1", "<b>&\n\"--urgency=critical", "chat/a"));
        var calls = Calls();

        Assert.Equal(["--", "--replace-id=1", "&lt;b&gt;&amp;", "&quot;--urgency=critical"], calls[^4..]);
        Assert.DoesNotContain(calls[..^4], argument => argument.StartsWith("--replace-id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_later_one_of_the_same_tag_takes_its_place()
    {
        using var notices = Notices();
        await ShowAsync(notices, new Notification("chat/a", "A", "one", "chat/a"));
        await ShowAsync(notices, new Notification("chat/b", "B", "one", "chat/b"));
        Assert.DoesNotContain("--replace-id=7", Calls());
        await ShowAsync(notices, new Notification("chat/a", "A", "two", "chat/a"));
        Assert.Contains("--replace-id=7", Calls());
    }

    [Fact]
    public async Task One_that_was_read_elsewhere_is_taken_back_once()
    {
        using var notices = Notices();
        await ShowAsync(notices, new Notification("chat/a", "A", "one", "chat/a"));
        await notices.WithdrawAsync("chat/b", default);
        Assert.DoesNotContain("--replace-id=7", Calls());
        await notices.WithdrawAsync("chat/a", default);
        await notices.WithdrawAsync("chat/a", default);
        Assert.Single(Calls(), argument => argument == "--replace-id=7");
    }

    [Fact]
    public async Task A_system_that_cannot_notify_stops_nothing()
    {
        using var notices = new NotifySendNotices(_folder["nothing"], null, NullLogger.Instance);
        await notices.ShowAsync(new Notification("a", "A", "one", "a"), () => { }, default);
        await notices.WithdrawAsync("a", default);
    }

    public void Dispose() => _folder.Dispose();

    private NotifySendNotices Notices() => new(_folder.Script("notify-send", Clicked), null, NullLogger.Instance);

    private string[] Calls() => File.ReadAllLines(_folder["notify-send.calls"]);

    /// <summary>Shows one, and waits for the click.</summary>
    private static async Task ShowAsync(NotifySendNotices notices, Notification notification)
    {
        var clicked = new TaskCompletionSource();
        await notices.ShowAsync(notification, clicked.SetResult, default);
        await clicked.Task.WaitAsync(Patience.Long);
    }
}
