using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;
using MyChat.Ui.Language;

namespace MyChat.EndToEnd.Flows;

/// <summary>Registering, logging in and out.</summary>
public sealed class AccountTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task One_registers_and_is_there(HostKind host, ServerKind server)
    {
        var romeo = await ArriveAsync(host, "romeo", server);
        await romeo.Welcome.RegisterAsync("Romeo Montague");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Navigation).GetByText("Romeo Montague", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await romeo.Shell.IsOnlineAsync();
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task A_Chinese_name_does_as_well(HostKind host)
    {
        OnlyWhenFull();
        var xiaoming = await ArriveAsync(host, "小明", options: new DeviceOptions { Language = "zh-Hans" });
        await xiaoming.Welcome.RegisterAsync("小明");
        await Assertions.Expect(xiaoming.Page.GetByRole(AriaRole.Navigation).GetByText("小明", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task What_is_wrong_with_a_new_account_is_said_at_the_field(HostKind host)
    {
        OnlyWhenFull();
        var romeo = await ArriveAsync(host, "romeo");
        var (welcome, words) = (romeo.Welcome, romeo.Words.Welcome);
        await welcome.ChooseRegisterAsync();
        await welcome.FillServerAsync();
        await welcome.SubmitRegisterAsync();
        await WelcomeScreen.SaysAsync(welcome.DisplayName, words.DisplayNameEmpty);
        await WelcomeScreen.SaysAsync(welcome.UserName, words.UserNameEmpty);
        await WelcomeScreen.SaysAsync(welcome.Password, words.PasswordEmpty);
        await Assertions.Expect(welcome.DisplayName).ToBeFocusedAsync();

        foreach (var (typed, error) in new[]
        {
            ("romeo juliet", words.UserNameHasSpace), ("rome:o", words.UserNameHas(":")), ("rome/o", words.UserNameHas("/")), ("rome\"o", words.UserNameHas("\"")),
            ("romeo@verona.lit", words.UserNameIsAddress("romeo")), (new string('r', 1024), words.UserNameTooLong), ("rome\u2163o", words.UserNameInvalid),
        })
        {
            await welcome.UserName.FillAsync(typed);
            await WelcomeScreen.SaysAsync(welcome.UserName, error);
        }
        await welcome.DisplayName.FillAsync("Romeo");
        await welcome.UserName.FillAsync(romeo.UserName);
        await welcome.Password.FillAsync("one");
        await welcome.RepeatPassword.FillAsync("two");
        await welcome.SubmitRegisterAsync();
        await WelcomeScreen.SaysAsync(welcome.RepeatPassword, words.PasswordsDiffer);
        await Assertions.Expect(welcome.RepeatPassword).ToBeFocusedAsync();
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task A_taken_name_is_said_at_the_field_and_another_works(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var romeo = await ArriveAsync(host, "romeo", server);
        await romeo.Venue.Server.RegisterAsync(romeo.UserName, "somebody else's");
        var (welcome, words) = (romeo.Welcome, romeo.Words.Welcome);
        await welcome.ChooseRegisterAsync();
        await welcome.DisplayName.FillAsync("Romeo");
        await welcome.UserName.FillAsync(romeo.UserName);
        await welcome.Password.FillAsync(romeo.Password);
        await welcome.RepeatPassword.FillAsync(romeo.Password);
        await welcome.FillServerAsync();
        await welcome.SubmitRegisterAsync();
        await welcome.TrustAsync(orSees: romeo.Page.GetByText(words.UserNameTaken));
        await WelcomeScreen.SaysAsync(welcome.UserName, words.UserNameTaken);
        await welcome.UserName.FillAsync(romeo.UserName + "x");
        await welcome.SubmitRegisterAsync();
        await romeo.Shell.IsOpenAsync();
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task A_wrong_password_is_said_at_the_field_and_the_right_one_works(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var romeo = await ArriveAsync(host, "romeo", server);
        await romeo.Venue.Server.RegisterAsync(romeo.UserName, romeo.Password);
        var wrong = romeo.Words.Errors.Of(Client.Sessions.ConnectionFault.WrongPassword);
        await romeo.Welcome.FillLogInAsync(romeo.UserName, "pen");
        await romeo.Welcome.SubmitLogInAsync(trust: false);
        await romeo.Welcome.TrustAsync(orSees: romeo.Page.GetByText(wrong));
        await WelcomeScreen.SaysAsync(romeo.Welcome.Password, wrong);
        await romeo.Welcome.Password.FillAsync(romeo.Password);
        await romeo.Welcome.SubmitLogInAsync(trust: false);
        await romeo.Shell.IsOnlineAsync();
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task The_next_start_needs_no_password_until_one_logs_out(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var romeo = await EnterAsync(host, "romeo", server);
        await romeo.LeaveAsync();
        await romeo.ReturnAsync();
        await romeo.Shell.IsOnlineAsync();
        await romeo.Shell.SignOutAsync();
        await romeo.LeaveAsync();
        await romeo.Device.SwitchOnAsync();
        await romeo.Welcome.IsOpenAsync();
        await Assertions.Expect(romeo.Welcome.UserName).ToHaveValueAsync(romeo.UserName);
        await romeo.LogInAsync();
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task The_language_changes_at_once_and_stays(HostKind host)
    {
        OnlyWhenFull();
        var romeo = await EnterAsync(host, "romeo");
        await romeo.Shell.OpenSettingsAsync();
        await romeo.Shell.ChooseLanguageAsync(Words.For("zh-Hans", []));
        await romeo.Shell.IsOpenAsync();
        await romeo.LeaveAsync();
        await romeo.ReturnAsync();
        await romeo.Shell.OpenSettingsAsync();
        await romeo.Shell.ChooseLanguageAsync(Words.For("en", []));
        await romeo.Shell.IsOpenAsync();
    }
}
