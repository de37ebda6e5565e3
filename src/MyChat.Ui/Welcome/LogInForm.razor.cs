using Microsoft.AspNetCore.Components;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Ui.App;
using MyChat.Ui.Common;

namespace MyChat.Ui.Welcome;

/// <summary>Logs in to an account that is there.</summary>
public partial class LogInForm : AppComponent
{
    private TextField? _nameField;
    private TextField? _passwordField;
    private string _name = "";
    private string _password = "";
    private bool _remember = true;
    private bool _busy;
    private string? _error;
    private string? _nameError;
    private string? _passwordError;
    private SignIn? _signIn;
    private UntrustedCertificate? _certificate;

    [Parameter, EditorRequired]
    public required ServerChoice Server { get; set; }

    /// <summary>The name to begin with.</summary>
    [Parameter]
    public string? UserName { get; set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _name = UserName ?? "";
    }

    private async Task SubmitAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        await Server.Asked;
        _busy = false;
        _signIn = Read();
        if (_signIn is not null)
        {
            await SignInAsync(_signIn);
        }
        else
        {
            await FocusErrorAsync();
        }
    }

    private SignIn? Read()
    {
        (_error, _nameError, _passwordError) = (null, null, null);
        var words = Words.Welcome;
        if (!Server.IsFree && Server.Known is null)
        {
            _error = words.ServerUnknown;
            return null;
        }

        // On the desktop a whole address says where its server is.
        var isAddress = Server.IsFree && _name.Contains('@', StringComparison.Ordinal);
        if (!isAddress && !Server.CheckDomain(words))
        {
            return null;
        }

        (var jid, _nameError) = UserNames.Existing(_name, isAddress ? null : Server.ShownDomain, words);
        _passwordError = _password.Length == 0 ? words.PasswordEmpty : null;
        return jid is not null && _passwordError is null && Server.Resolve(jid.Domainpart, words) is { } address
            ? new SignIn(jid, _password, address, _remember)
            : null;
    }

    private async Task SignInAsync(SignIn signIn)
    {
        _busy = true;
        StateHasChanged();
        try
        {
            await App.SignInAsync(signIn);
        }
        catch (SignInException failed)
        {
            await ShowAsync(failed.Status);
        }
        catch (XmppException failed)
        {
            _error = Words.Errors.Of(failed);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ShowAsync(ConnectionStatus status)
    {
        switch (status.Cause)
        {
            case ConnectionFault.CertificateNotTrusted when status.Certificate is not null:
                _certificate = status.Certificate;
                break;
            case ConnectionFault.WrongPassword:
                _passwordError = Words.Errors.Of(ConnectionFault.WrongPassword);
                await FocusErrorAsync();
                break;
            default:
                _error = Words.Errors.Of(status.Cause ?? ConnectionFault.Unreachable);
                break;
        }
    }

    private async Task TrustAsync(byte[] sha256)
    {
        _certificate = null;
        Server.Trust(_signIn!.Server, sha256);
        _signIn = _signIn with { Server = _signIn.Server with { TrustedCertificate = sha256 } };
        await SignInAsync(_signIn);
    }

    private async Task FocusErrorAsync()
    {
        if ((_nameError is not null ? _nameField : _passwordError is not null ? _passwordField : null) is { } field)
        {
            await field.FocusAsync();
        }
    }
}
