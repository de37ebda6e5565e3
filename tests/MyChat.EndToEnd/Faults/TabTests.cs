using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Faults;

/// <summary>One tab leads.</summary>
public sealed class TabTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_second_tab_says_so_and_can_take_over_and_back()
    {
        OnlyWhenFull();
        var romeo = await EnterAsync(HostKind.Web, "romeo");
        var first = romeo.Page;
        var second = await romeo.Device.NewPageAsync();
        await second.GotoAsync(romeo.Venue.Web.ToString());
        await Assertions.Expect(second.GetByText(romeo.Words.Welcome.ElsewhereTitle)).ToBeVisibleAsync();
        await romeo.Shell.IsOnlineAsync();

        foreach (var (to, from) in new[] { (second, first), (first, second) })
        {
            await to.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = romeo.Words.Welcome.ElsewhereUseHere }).ClickAsync();
            await Assertions.Expect(to.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = romeo.Words.Shell.Friends })).ToBeVisibleAsync();
            await Assertions.Expect(from.GetByText(romeo.Words.Welcome.ElsewhereTitle)).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task When_the_leading_tab_goes_the_other_takes_its_place()
    {
        OnlyWhenFull();
        var romeo = await EnterAsync(HostKind.Web, "romeo");
        var second = await romeo.Device.NewPageAsync();
        await second.GotoAsync(romeo.Venue.Web.ToString());
        await Assertions.Expect(second.GetByText(romeo.Words.Welcome.ElsewhereTitle)).ToBeVisibleAsync();
        await romeo.Page.CloseAsync();
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = romeo.Words.Welcome.ElsewhereUseHere }).ClickAsync();
        await Assertions.Expect(second.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = romeo.Words.Shell.Friends })).ToBeVisibleAsync();
    }
}
