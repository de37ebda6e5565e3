using Microsoft.Playwright;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Browsers;

/// <summary>Log in, register.</summary>
public sealed class WelcomeScreen(Person person) : Screen(person)
{
    public ILocator UserName => Field(Words.Welcome.UserName);
    public ILocator DisplayName => Field(Words.Welcome.DisplayName);
    public ILocator Password => Field(Words.Welcome.Password);
    public ILocator RepeatPassword => Field(Words.Welcome.RepeatPassword);
    public ILocator Domain => Field(Words.Welcome.Domain);
    public ILocator ConnectTo => Field(Words.Welcome.ConnectTo, exact: false);

    public Task IsOpenAsync() => SeesAsync(Role(AriaRole.Tab, Words.Welcome.LogIn));

    public async Task ChooseRegisterAsync()
    {
        await Role(AriaRole.Tab, Words.Welcome.Register).ClickAsync();
        await SeesAsync(DisplayName); // the other form has fields of the same names
    }

    public async Task FillLogInAsync(string userName, string password)
    {
        await IsOpenAsync();
        await UserName.FillAsync(userName);
        await Password.FillAsync(password);
        await FillServerAsync();
    }

    /// <summary>The desktop program must be told where the server is; the web page knows.</summary>
    public async Task FillServerAsync()
    {
        if (Person.Device.Host == HostKind.Desktop)
        {
            if (!await Domain.IsVisibleAsync())
            {
                await Page.Locator("summary").ClickAsync();
            }
            await Domain.FillAsync(Person.Venue.Domain);
            await ConnectTo.FillAsync($"127.0.0.1:{Person.Venue.ClientLink.Port}");
        }
    }

    public async Task SubmitLogInAsync(bool trust = true)
    {
        await Button(Words.Welcome.LogIn).ClickAsync();
        if (trust)
        {
            await TrustAsync();
        }
    }

    /// <summary>Registers with what <see cref="Person"/> is called, and a display name.</summary>
    public async Task RegisterAsync(string displayName)
    {
        await ChooseRegisterAsync();
        await DisplayName.FillAsync(displayName);
        await UserName.FillAsync(Person.UserName);
        await Password.FillAsync(Person.Password);
        await RepeatPassword.FillAsync(Person.Password);
        await FillServerAsync();
        await SubmitRegisterAsync();
        await TrustAsync();
        await Person.Shell.IsOpenAsync();
        Person.Name = displayName;
    }

    public Task SubmitRegisterAsync() => Button(Words.Welcome.Register).ClickAsync();

    /// <summary>
    /// The desktop program shows a certificate that no authority vouches for, once; the fingerprint is the server's, so it can be trusted. Does
    /// nothing on the web, where the browser decides.
    /// </summary>
    /// <param name="orSees">What else is expected, where not the chats.</param>
    public async Task TrustAsync(ILocator? orSees = null)
    {
        if (Person.Device.Host != HostKind.Desktop)
        {
            return;
        }
        var dialog = Role(AriaRole.Alertdialog, Words.Welcome.CertificateTitle);
        await Assertions.Expect(dialog.Or(orSees ?? Person.Shell.FriendsTab).First).ToBeVisibleAsync();
        if (await dialog.IsVisibleAsync())
        {
            var shown = (await dialog.InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
            Assert.Contains(Convert.ToHexString(Person.Venue.Fingerprint), shown, StringComparison.OrdinalIgnoreCase);
            await Button(Words.Welcome.CertificateTrust, dialog).ClickAsync();
        }
    }

    /// <summary>What is said to be wrong with a field, tied to it.</summary>
    public static async Task SaysAsync(ILocator field, string error)
    {
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(field).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex(System.Text.RegularExpressions.Regex.Escape(error)));
    }
}
