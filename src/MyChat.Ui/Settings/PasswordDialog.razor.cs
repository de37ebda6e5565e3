using Microsoft.AspNetCore.Components;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Xmpp.Sasl;

namespace MyChat.Ui.Settings;

/// <summary>Changes the password, which ends the account's other sessions.</summary>
public partial class PasswordDialog : AppComponent
{
    private readonly string _formId = Ids.Next();
    private TextField? _first;
    private string _password = "";
    private string _repeated = "";
    private string? _passwordError;
    private string? _repeatError;
    private string? _error;
    private bool _busy;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private async Task ChangeAsync()
    {
        if (_busy)
        {
            return;
        }

        var words = Words.Welcome;
        _passwordError = _password.Length == 0 ? words.PasswordEmpty : SaslPassword.TryPrepare(_password, out _) ? null : words.PasswordInvalid;
        _repeatError = _passwordError is null && _password != _repeated ? words.PasswordsDiffer : null;
        if ((_passwordError ?? _repeatError) is not null)
        {
            await (_first?.FocusAsync() ?? ValueTask.CompletedTask);
            return;
        }

        _busy = true;
        _error = await TryAsync(() => Client.ChangePasswordAsync(_password));
        _busy = false;
        if (_error is null)
        {
            App.Tell(Words.Settings.PasswordChanged);
            await OnClose.InvokeAsync();
        }
    }
}
