using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Ui.App;

namespace MyChat.Ui.Tests.App;

public sealed class ChatAppTests
{
    [Fact]
    public async Task What_is_remembered_signs_in_without_the_password_until_the_user_signs_out()
    {
        await using var screens = await Screens.SignInAsync();
        await Screens.Sees(() => screens.Platform.Remembered is { Keys.Count: > 0 });
        var remembered = screens.Platform.Remembered!;
        Assert.Equal(Screens.Jid("romeo"), remembered.Account);

        await using var next = screens.StartAgain();
        await next.StartAsync();
        await Screens.Sees(() => next is { Phase: AppPhase.SignedIn, Client.Status.IsOnline: true });

        await screens.App.SignOutAsync(forget: false);
        Assert.Null(screens.Platform.Remembered);
        Assert.Equal(AppPhase.Welcome, screens.App.Phase);
        Assert.Null(screens.App.Client);
    }

    [Fact]
    public async Task The_key_is_gone_before_the_welcome_page_is_there()
    {
        await using var screens = await Screens.ConnectAsync();
        await screens.App.SignInAsync(screens.SignIn("romeo"));
        await Screens.Sees(() => screens.Platform.Remembered is not null);
        var kept = new List<RememberedAccount?>();
        screens.App.Changed += () =>
        {
            if (screens.App.Phase == AppPhase.Welcome)
            {
                kept.Add(screens.Platform.Remembered);
            }
        };
        await screens.App.SignOutAsync(forget: false);
        Assert.NotEmpty(kept);
        Assert.All(kept, Assert.Null);
    }

    [Fact]
    public async Task Who_logs_out_learns_what_stays_behind()
    {
        await using var screens = await Screens.ConnectAsync(server => new TestPlatform(server) { ForgetFault = new StoreException("Read only.", isFull: false) });
        await screens.App.SignInAsync(screens.SignIn("romeo"));
        await screens.App.SignOutAsync(forget: false);
        Assert.Equal(AppPhase.Welcome, screens.App.Phase);
        Assert.Equal(screens.App.Words.Errors.NotForgotten("Read only."), screens.App.Hint);
    }

    [Fact]
    public async Task A_wrong_password_says_so_and_leaves_nothing_behind()
    {
        await using var screens = await Screens.ConnectAsync();
        var failed = await Assert.ThrowsAsync<SignInException>(() => screens.App.SignInAsync(screens.SignIn("romeo", "wrong")));
        Assert.Equal(ConnectionFault.WrongPassword, failed.Status.Cause);
        Assert.Null(screens.App.Client);
        Assert.Null(screens.Platform.Remembered);
    }

    [Fact]
    public async Task A_device_that_keeps_nothing_still_chats_and_says_so()
    {
        await using var screens = await Screens.ConnectAsync(server => new TestPlatform(server) { StoreFault = new StoreException("The disk is full.", isFull: true) });
        await screens.App.SignInAsync(screens.SignIn("romeo"));
        Assert.Equal("The disk is full.", screens.App.StoreFault);
        Assert.True(screens.Client.Status.IsOnline);
    }

    [Fact]
    public async Task Settings_that_cannot_be_kept_hold_and_it_says_so()
    {
        await using var screens = await Screens.OpenAsync(new TestPlatform { SettingsFault = new StoreException("The disk is full.", isFull: true) });
        await screens.App.ChangeSettingsAsync(settings => settings with { Theme = Theme.Dark });
        Assert.Equal(Theme.Dark, screens.App.Settings.Theme);
        Assert.Contains("The disk is full.", screens.App.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Emoji_are_remembered_once_each_the_latest_first_and_not_for_ever()
    {
        var settings = Enumerable.Range(0, 30).Select(number => $"{number}").Aggregate(new DeviceSettings(), (settings, emoji) => settings.WithEmoji(emoji));
        Assert.Equal(24, settings.RecentEmoji?.Count);
        Assert.Equal(["8", "29", "28"], settings.WithEmoji("8").RecentEmoji?.Take(3));
        Assert.Single(settings.WithEmoji("8").RecentEmoji ?? [], "8");
    }

    [Fact]
    public async Task Another_tab_takes_over_and_gives_back()
    {
        await using var screens = await Screens.SignInAsync();
        screens.Platform.Leads = false;
        screens.Platform.LoseLead();
        await Screens.Sees(() => screens.App is { Phase: AppPhase.OpenElsewhere, Client: null });
        await screens.App.UseHereAsync();
        await Screens.Sees(() => screens.App is { Phase: AppPhase.SignedIn, Client.Status.IsOnline: true });
    }

    [Fact]
    public async Task Of_messages_that_come_faster_than_they_are_told_the_last_is_told_and_a_withdrawal_takes_back_only_what_was_before()
    {
        await using var screens = await Screens.SignInAsync();
        var juliet = await screens.Befriend("juliet");
        var romeo = juliet.Conversations[Screens.Jid("romeo")];
        var summary = () => screens.Client.Conversations[juliet.Account].Summary;
        var (tag, notifying) = (Navigation.AddressOf(juliet.Account), new TaskCompletionSource());
        await Screens.Sees(() => screens.Platform.Notified.Count == 1); // That they are friends.
        screens.Platform.Notified.Clear();
        screens.Platform.Notifying = notifying.Task;
        // Both are raised when the notifier has heard of it.
        var (received, isRead) = (0, false);
        screens.Client.MessageReceived += _ => received++;
        screens.App.ClientChanged += _ => isRead |= received == 4 && summary().Unread == 0;
        await romeo.SendAsync("1");
        await Screens.Sees(() => screens.Platform.Notified.Count == 1);
        for (var i = 2; i <= 4; i++)
        {
            await romeo.SendAsync($"{i}");
        }
        await Screens.Sees(() => received == 4);
        await screens.Client.Conversations[juliet.Account].MarkReadAsync();
        await Screens.Sees(() => isRead);
        await romeo.SendAsync("5");
        await Screens.Sees(() => summary().Unread == 1);
        notifying.SetResult();
        await Screens.Sees(() => screens.Platform.Shown.GetValueOrDefault(tag)?.Text == "5" && screens.Platform.Badge == 1);
        Assert.Equal(["1", "4\n4 new messages", "5"], screens.Platform.Notified);
    }

    [Fact]
    public async Task A_message_notifies_once_per_friend_until_it_is_read()
    {
        await using var screens = await Screens.SignInAsync();
        var juliet = await screens.Befriend("juliet");
        var tag = Navigation.AddressOf(juliet.Account);
        await juliet.Conversations[Screens.Jid("romeo")].SendAsync("Ay me!");
        await Screens.Sees(() => screens.Platform.Shown.ContainsKey(tag) && screens.Platform.Badge == 1);
        Assert.Equal("Ay me!", screens.Platform.Shown[tag].Text);
        await juliet.Conversations[Screens.Jid("romeo")].SendAsync("O Romeo!");
        await Screens.Sees(() => screens.Platform.Shown[tag].Text.StartsWith("O Romeo!", StringComparison.Ordinal));
        Assert.EndsWith("2 new messages", screens.Platform.Shown[tag].Text, StringComparison.Ordinal);
        await screens.Client.Conversations[juliet.Account].MarkReadAsync();
        await Screens.Sees(() => !screens.Platform.Shown.ContainsKey(tag) && screens.Platform.Badge == 0);
    }

    [Fact]
    public async Task What_is_seen_muted_or_from_a_stranger_is_silent()
    {
        await using var screens = await Screens.SignInAsync();
        var juliet = await screens.Befriend("juliet");
        var tybalt = await screens.Enter("tybalt");
        var romeo = Screens.Jid("romeo");
        var conversation = screens.Client.Conversations[juliet.Account];

        await tybalt.Conversations[romeo].SendAsync("Thou art a villain.");
        await Screens.Sees(() => screens.Client.Conversations[tybalt.Account].Summary.Unread == 1);
        await conversation.MuteAsync(DateTimeOffset.MaxValue);
        await juliet.Conversations[romeo].SendAsync("Ay me!");
        await Screens.Sees(() => conversation.Summary.Unread == 1);
        await conversation.MuteAsync(null);
        screens.Window.IsFocused = true;
        screens.Window.VisibleChat = juliet.Account;
        await juliet.Conversations[romeo].SendAsync("O Romeo!");
        await Screens.Sees(() => conversation.Summary.Unread == 2);
        Assert.DoesNotContain(screens.Platform.Shown.Keys, tag => tag.StartsWith("chat/", StringComparison.Ordinal));

        screens.Window.IsFocused = false;
        await juliet.Conversations[romeo].SendAsync("Wherefore art thou Romeo?");
        await Screens.Sees(() => screens.Platform.Shown.ContainsKey(Navigation.AddressOf(juliet.Account)));
    }

    [Fact]
    public async Task A_click_on_a_notification_opens_what_it_tells_of()
    {
        await using var screens = await Screens.SignInAsync();
        screens.Platform.Click(Navigation.AddressOf(Screens.Jid("juliet")));
        Assert.Equal((MainPage.Chat, Screens.Jid("juliet")), (screens.App.Navigation.Page, screens.App.Navigation.Chat!));
        screens.Platform.Click(Navigation.AddressOfVerification);
        Assert.Equal(MainPage.Verification, screens.App.Navigation.Page);
        screens.Platform.Click("chat/@@");
        Assert.Equal(MainPage.Verification, screens.App.Navigation.Page);
        screens.App.Navigation.Back();
        Assert.Equal(MainPage.Chat, screens.App.Navigation.Page);
    }

    [Fact]
    public async Task A_request_notifies()
    {
        await using var screens = await Screens.SignInAsync();
        var juliet = await screens.Enter("juliet");
        await juliet.Contacts.AskAsync(Screens.Jid("romeo"), "It is I");
        await Screens.Sees(() => screens.Platform.Shown.ContainsKey(Navigation.AddressOfVerification));
        await screens.Client.Notices.MarkSeenAsync();
        await Screens.Sees(() => !screens.Platform.Shown.ContainsKey(Navigation.AddressOfVerification));
        Assert.Equal(NoticeKind.Request, Assert.Single(screens.Client.Notices.All).Kind);
    }
}
