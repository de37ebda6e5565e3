using System.Net.Http;
using MyChat.Ui.App;
using MyChat.Ui.Common;

namespace MyChat.Ui.Welcome;

public enum WelcomeTab { LogIn, Register }

/// <summary>Logging in and registering.</summary>
public partial class WelcomePage : AppComponent
{
    private ServerChoice _server = null!; // Made in OnInitialized.
    private WelcomeTab _tab;
    private string? _userName;
    private bool _serverFault;
    private string? _notice;

    private IReadOnlyList<Tabs<WelcomeTab>.Item> TabItems =>
        [new(WelcomeTab.LogIn, Words.Welcome.LogIn), new(WelcomeTab.Register, Words.Welcome.Register)];

    protected override async Task OnInitializedAsync()
    {
        _server = new ServerChoice(App.Platform.Kind);
        _userName = App.Settings.LastUserName;
        if (App.Platform.IsSecure)
        {
            await LoadServerAsync();
        }
    }

    private Task LoadServerAsync() => _server.Asked = AskServerAsync();

    private async Task AskServerAsync()
    {
        _serverFault = false;
        try
        {
            _server.Learn(await App.Platform.GetServerAsync(CancellationToken.None));
        }
        catch (HttpRequestException)
        {
            _serverFault = true;
        }
    }

    private void Choose(WelcomeTab tab) => (_tab, _notice) = (tab, null);

    // The account is there, but the log-in right after it did not work.
    private void OnAccountMade(string userName) => (_tab, _userName, _notice) = (WelcomeTab.LogIn, userName, Words.Welcome.AccountMade);
}
