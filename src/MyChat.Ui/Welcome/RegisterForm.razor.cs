using Microsoft.AspNetCore.Components;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Ui.Welcome;

/// <summary>Makes an account.</summary>
public partial class RegisterForm : AppComponent
{
    private TextField? _displayField;
    private TextField? _nameField;
    private TextField? _passwordField;
    private TextField? _repeatField;
    private string _displayName = "";
    private string _name = "";
    private string _password = "";
    private string _repeated = "";
    private bool _remember = true;
    private bool _busy;
    private string? _error;
    private string? _displayError;
    private string? _nameError;
    private string? _passwordError;
    private string? _repeatError;
    private SignIn? _signIn;
    private UntrustedCertificate? _certificate;

    [Parameter, EditorRequired]
    public required ServerChoice Server { get; set; }

    /// <summary>The account was made, but logging in did not work: its user name.</summary>
    [Parameter]
    public EventCallback<string> OnMade { get; set; }

    // What is wrong with a name is said while it is typed, but not that it is still empty.
    private void TypeName(string name)
    {
        _name = name;
        _nameError = name.Length == 0 ? null : UserNames.New(name, Server.ShownDomain ?? "localhost", Words.Welcome).Error;
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
            await RegisterAsync(_signIn);
        }
        else
        {
            await FocusErrorAsync();
        }
    }

    private SignIn? Read()
    {
        var words = Words.Welcome;
        (_error, _nameError) = (null, null);
        _displayError = _displayName.Trim().Length == 0 ? words.DisplayNameEmpty : null;
        _passwordError = _password.Length == 0 ? words.PasswordEmpty : SaslPassword.TryPrepare(_password, out _) ? null : words.PasswordInvalid;
        _repeatError = _passwordError is null && _password != _repeated ? words.PasswordsDiffer : null;
        if (!Server.IsFree && Server.Known is null)
        {
            _error = words.ServerUnknown;
            return null;
        }

        var domainIsFine = Server.CheckDomain(words);
        (var jid, _nameError) = UserNames.New(_name, domainIsFine ? Server.ShownDomain! : "localhost", words);

        var isFine = (_displayError ?? _passwordError ?? _repeatError) is null;
        return jid is not null && domainIsFine && Server.Resolve(jid.Domainpart, words) is { } address && isFine
            ? new SignIn(jid, _password, address, _remember)
            : null;
    }

    private async Task RegisterAsync(SignIn signIn)
    {
        _busy = true;
        StateHasChanged();
        try
        {
            await App.RegisterAsync(signIn, _displayName.Trim());
        }
        catch (StanzaErrorException refused) when (refused.Condition == StanzaErrorCondition.Conflict)
        {
            _nameError = Words.Welcome.UserNameTaken;
            await FocusErrorAsync();
        }
        catch (StanzaErrorException refused)
        {
            _error = Why(refused);
        }
        catch (UntrustedCertificateException untrusted)
        {
            _certificate = untrusted.Certificate;
        }
        catch (XmppException failed)
        {
            _error = Words.Errors.Of(failed);
        }
        catch (SignInException)
        {
            await OnMade.InvokeAsync(signIn.Account.Localpart);
        }
        finally
        {
            _busy = false;
        }
    }

    private string Why(StanzaErrorException refused) => refused.Condition switch
    {
        StanzaErrorCondition.NotAcceptable => Words.Welcome.RegisterRefused,
        StanzaErrorCondition.NotAllowed or StanzaErrorCondition.Forbidden or StanzaErrorCondition.ServiceUnavailable
            or StanzaErrorCondition.FeatureNotImplemented => Words.Welcome.RegistrationClosed,
        StanzaErrorCondition.ResourceConstraint => Words.Welcome.TooManyRegistrations,
        _ => Words.Errors.Of(refused),
    };

    private async Task TrustAsync(byte[] sha256)
    {
        _certificate = null;
        Server.Trust(_signIn!.Server, sha256);
        _signIn = _signIn with { Server = _signIn.Server with { TrustedCertificate = sha256 } };
        await RegisterAsync(_signIn);
    }

    private async Task FocusErrorAsync()
    {
        var field = _displayError is not null ? _displayField : _nameError is not null ? _nameField
            : _passwordError is not null ? _passwordField : _repeatError is not null ? _repeatField : null;
        if (field is not null)
        {
            await field.FocusAsync();
        }
    }
}
