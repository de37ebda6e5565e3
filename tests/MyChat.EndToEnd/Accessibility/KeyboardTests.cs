using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Accessibility;

/// <summary>A whole conversation without a mouse, from the first screen on; the focus is never lost, and can always be seen.</summary>
public sealed class KeyboardTests(Stage stage) : BrowserTest(stage)
{
    private const int MostTabs = 60;

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task One_registers_befriends_and_chats_by_keyboard_alone(HostKind host)
    {
        OnlyWhenFull();
        var juliet = await EnterAsync(host, "juliet");
        var romeo = await ArriveAsync(host, "romeo");
        await romeo.Welcome.IsOpenAsync();
        await RegisterAsync(romeo);
        await BefriendAsync(romeo, juliet);

        await romeo.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await TypeAsync(romeo, juliet.Name);
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Option).Filter(new LocatorFilterOptions { HasText = juliet.Name }).First).ToBeVisibleAsync();
        await romeo.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(romeo.Chat.Composer(juliet)).ToBeFocusedAsync();
        await TypeAsync(romeo, "By keyboard");
        await romeo.Page.Keyboard.PressAsync("Enter");
        await romeo.Chat.SaysAsync("By keyboard");

        await juliet.Page.Keyboard.PressAsync("Alt+1");
        await GoToAsync(juliet, juliet.Chat.Row(romeo).GetByRole(AriaRole.Button).First);
        await juliet.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(juliet.Chat.Composer(romeo)).ToBeFocusedAsync();
        await juliet.Chat.SaysAsync("By keyboard");
        await TypeAsync(juliet, "Line 1");
        await juliet.Page.Keyboard.PressAsync("Shift+Enter");
        await TypeAsync(juliet, "line 2");
        await juliet.Page.Keyboard.PressAsync("Enter");
        await romeo.Chat.SaysBeginningAsync("Line 1");
    }

    [Fact]
    public async Task F6_goes_round_the_panes_and_a_dialog_gives_the_focus_back()
    {
        OnlyWhenFull();
        var romeo = await EnterAsync(HostKind.Web, "romeo");
        var seen = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            await romeo.Page.Keyboard.PressAsync("F6");
            seen.Add(await romeo.Page.EvaluateAsync<string>("() => document.activeElement.closest('[data-pane]')?.tagName ?? 'none'"));
        }
        Assert.DoesNotContain("none", seen);
        Assert.Equal(2, seen.Distinct().Count());

        await romeo.Shell.OpenSettingsAsync();
        var button = romeo.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = romeo.Words.Settings.ChangePassword, Exact = true });
        await button.FocusAsync();
        await romeo.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await romeo.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(button).ToBeFocusedAsync();
    }

    private static async Task RegisterAsync(Person person)
    {
        await GoToAsync(person, person.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = person.Words.Welcome.LogIn }));
        await person.Page.Keyboard.PressAsync("ArrowRight");
        foreach (var (field, text) in new[]
        {
            (person.Welcome.DisplayName, person.Name), (person.Welcome.UserName, person.UserName),
            (person.Welcome.Password, person.Password), (person.Welcome.RepeatPassword, person.Password),
        })
        {
            await GoToAsync(person, field);
            await TypeAsync(person, text);
        }
        if (person.Device.Host == HostKind.Desktop)
        {
            await GoToAsync(person, person.Welcome.Domain);
            await TypeAsync(person, person.Venue.Domain);
            await GoToAsync(person, person.Welcome.ConnectTo);
            await TypeAsync(person, $"127.0.0.1:{person.Venue.ClientLink.Port}");
        }
        await person.Page.Keyboard.PressAsync("Enter");
        if (person.Device.Host == HostKind.Desktop)
        {
            await ActAsync(person, person.Words.Welcome.CertificateTrust);
        }
        await person.Shell.IsOpenAsync();
    }

    private static async Task BefriendAsync(Person romeo, Person juliet)
    {
        await romeo.Page.Keyboard.PressAsync("Alt+a");
        await GoToAsync(romeo, romeo.Page.GetByLabel(romeo.Words.Friends.SearchLabel, new PageGetByLabelOptions { Exact = true }));
        await TypeAsync(romeo, juliet.UserName);
        await romeo.Page.Keyboard.PressAsync("Enter");
        await ActAsync(romeo, romeo.Words.Friends.RequestTo(juliet.Name));
        await GoToAsync(romeo, romeo.Page.GetByRole(AriaRole.Dialog).GetByLabel(romeo.Words.Friends.Note));
        await romeo.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await juliet.Verification.IsMarkedAsync(1);
        await GoToAsync(juliet, juliet.Verification.Entrance);
        await juliet.Page.Keyboard.PressAsync("Enter");
        await ActAsync(juliet, juliet.Words.Verification.Agree);
    }

    /// <summary>Goes to a button and presses it.</summary>
    private static async Task ActAsync(Person person, string button)
    {
        await GoToAsync(person, person.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }));
        await person.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Presses Tab until it has the focus, and looks whether that can be seen.</summary>
    private static async Task GoToAsync(Person person, ILocator target)
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        for (var i = 0; i < MostTabs; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                Assert.True(
                    await target.EvaluateAsync<bool>(
                        """
                        element => {
                            for (let at = element; at && at !== document.body; at = at.parentElement) {
                                const style = getComputedStyle(at);
                                if (style.outlineStyle !== 'none' || style.boxShadow !== 'none') { return true; }
                            }
                            return false;
                        }
                        """),
                    $"The focus on {target} cannot be seen.");
                return;
            }
            await person.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{target} is not reached by Tab.");
    }

    private static Task TypeAsync(Person person, string text) => person.Page.Keyboard.TypeAsync(text);
}
