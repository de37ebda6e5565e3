using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Flows;

/// <summary>A server of the domain localhost, reached by other names than its own.</summary>
public sealed class AddressTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://localhost")]
    [InlineData("http://[::1]")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://chat.example.test")]
    public async Task One_logs_in_through_whatever_address_is_safe(string address)
    {
        OnlyWhenFull();
        var romeo = await ArriveThroughAsync(address);
        await romeo.Venue.Server.RegisterAsync(romeo.UserName, romeo.Password);
        await romeo.LogInAsync();
        await romeo.Shell.IsOnlineAsync();
    }

    [Fact]
    public async Task Over_http_from_afar_the_page_says_why_it_cannot_before_a_password_is_typed()
    {
        OnlyWhenFull();
        var romeo = await ArriveThroughAsync("http://chat.example.test");
        await Assertions.Expect(romeo.Page.GetByText(romeo.Words.Welcome.InsecureTitle)).ToBeVisibleAsync();
        await Assertions.Expect(romeo.Page.GetByText(romeo.Words.Welcome.InsecureText)).ToBeVisibleAsync();
        await Assertions.Expect(romeo.Welcome.Password).ToHaveCountAsync(0);
        // The way out leads to the same page over https, where one can log in.
        await romeo.Venue.Server.RegisterAsync(romeo.UserName, romeo.Password);
        await romeo.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = romeo.Words.Welcome.InsecureOpen }).ClickAsync();
        await romeo.LogInAsync();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    public async Task The_desktop_program_connects_through_any_of_them(string address)
    {
        OnlyWhenFull();
        var venue = await OwnVenueAsync("localhost", "--C2s:Listen=[::]:0");
        var romeo = await ArriveAsync(HostKind.Desktop, "romeo", venue);
        await venue.Server.RegisterAsync(romeo.UserName, romeo.Password);
        await romeo.Welcome.FillLogInAsync(romeo.UserName, romeo.Password);
        await romeo.Welcome.ConnectTo.FillAsync($"{address}:{venue.Process.StartTlsPort}");
        await romeo.Welcome.SubmitLogInAsync();
        await romeo.Shell.IsOnlineAsync();
    }

    private async Task<Person> ArriveThroughAsync(string address)
    {
        var venue = await OwnVenueAsync("localhost", "--Web:Listen=[::]:0", "--Web:ListenTls=[::]:0");
        var port = address.StartsWith("https", StringComparison.Ordinal) ? venue.Process.WebTlsPort : venue.Process.WebPort;
        var browser = await Stage.Chromium.LaunchAsync("--host-resolver-rules=MAP chat.example.test 127.0.0.1");
        Use(browser);
        var romeo = await ArriveAsync(HostKind.Web, "romeo", venue, new DeviceOptions { Browser = browser, Web = new Uri($"{address}:{port}/"), TrustsAll = true });
        // Chromium's own words on a certificate that no authority vouches for, and on a page over http.
        romeo.Device.Expects("An SSL certificate error occurred when fetching the script", "Cross-Origin-Opener-Policy header has been ignored");
        return romeo;
    }
}
