using Bunit;
using MyChat.Ui.App;
using MyChat.Ui.Welcome;

namespace MyChat.Ui.Tests.Welcome;

public sealed class WelcomePageTests
{
    [Fact]
    public async Task Novices_see_no_server_in_the_browser_and_experts_may_name_one_on_the_desktop()
    {
        await using var web = await Screens.OpenAsync();
        Assert.Empty(web.Render<WelcomePage>().FindAll("[name=domain]"));
        await using var desktop = await Screens.OpenAsync(new TestPlatform { Kind = HostKind.Desktop, Known = null });
        var page = desktop.Render<WelcomePage>();
        Assert.NotNull(page.Find("details[open] [name=domain]"));
    }

    [Fact]
    public async Task Nobody_types_a_password_at_an_insecure_address()
    {
        await using var screens = await Screens.OpenAsync(new TestPlatform { IsSecure = false, SecureAddress = new Uri("https://verona.lit:5443/") });
        var page = screens.Render<WelcomePage>();
        Assert.Empty(page.FindAll("input"));
        Assert.Equal("https://verona.lit:5443/", page.Find("a.button").GetAttribute("href"));
    }

    [Fact]
    public async Task Empty_fields_are_told_at_the_fields()
    {
        await using var screens = await Screens.OpenAsync();
        var page = screens.Render<WelcomePage>();
        page.Find("form").Submit();
        Assert.Equal(
            [screens.App.Words.Welcome.UserNameEmpty, screens.App.Words.Welcome.PasswordEmpty],
            page.FindAll("p.error").Select(error => error.TextContent.Trim()));
    }

    [Fact]
    public async Task A_wrong_password_is_told_at_its_field_and_the_right_one_signs_in()
    {
        await using var screens = await Screens.ConnectAsync();
        var page = screens.Render<WelcomePage>();
        page.Find("[name=username]").Input("romeo");
        page.Find("[name=password]").Input("wrong");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("[name=password]").GetAttribute("aria-invalid")), Screens.Patience);
        Assert.Equal(AppPhase.Welcome, screens.App.Phase);

        page.Find("[name=password]").Input("secret");
        page.Find("form").Submit();
        await Screens.Sees(() => screens.App.Phase == AppPhase.SignedIn);
        Assert.Equal("romeo", screens.Platform.Settings.LastUserName);
    }

    [Fact]
    public async Task Who_logs_in_before_the_server_said_what_it_is_waits_for_it()
    {
        var asking = new TaskCompletionSource();
        await using var screens = await Screens.ConnectAsync(server => new TestPlatform(server) { Asking = asking.Task });
        var page = screens.Render<WelcomePage>();
        page.Find("[name=username]").Input("romeo");
        page.Find("[name=password]").Input("secret");
        page.Find("form").Submit();
        Assert.Empty(page.FindAll("[role=alert]"));
        Assert.Equal("true", page.Find("[type=submit]").GetAttribute("aria-busy"));
        asking.SetResult();
        await Screens.Sees(() => screens.App.Phase == AppPhase.SignedIn);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_in_words()
    {
        await using var screens = await Screens.OpenAsync();
        var page = screens.Render<WelcomePage>();
        page.Find("[name=username]").Input("romeo");
        page.Find("[name=password]").Input("secret");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=alert]")), Screens.Patience);
    }

    [Fact]
    public async Task Registering_makes_the_account_and_publishes_the_name()
    {
        await using var screens = await Screens.ConnectAsync();
        var page = screens.Render<WelcomePage>();
        page.FindAll("[role=tab]")[1].Click();
        page.Find("[name=display-name]").Input("Mercutio 先生");
        page.Find("[name=username]").Input("mercutio");
        page.Find("[name=password]").Input("a plague");
        page.Find("[name=password-again]").Input("a plaque");
        page.Find("form").Submit();
        Assert.Equal(screens.App.Words.Welcome.PasswordsDiffer, page.Find("p.error:not(:empty)").TextContent.Trim());

        page.Find("[name=password-again]").Input("a plague");
        page.Find("form").Submit();
        await Screens.Sees(() => screens.App.Phase == AppPhase.SignedIn);
        Assert.Equal("Mercutio 先生", screens.Client.Self.Name);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told_at_its_field()
    {
        await using var screens = await Screens.ConnectAsync();
        var page = screens.Render<WelcomePage>();
        page.FindAll("[role=tab]")[1].Click();
        page.Find("[name=display-name]").Input("Romeo");
        page.Find("[name=username]").Input("romeo");
        page.Find("[name=password]").Input("secret");
        page.Find("[name=password-again]").Input("secret");
        page.Find("form").Submit();
        page.WaitForAssertion(
            () => Assert.Equal(screens.App.Words.Welcome.UserNameTaken, page.Find("p.error:not(:empty)").TextContent.Trim()), Screens.Patience);
    }
}
