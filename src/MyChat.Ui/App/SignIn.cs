using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.App;

/// <summary>Who wants to sign in, and where.</summary>
/// <param name="Remember">The next start of this device needs no password.</param>
public sealed record SignIn(BareJid Account, string Password, ServerAddress Server, bool Remember)
{
    // A record prints its members.
    public override string ToString() => $"{nameof(SignIn)} {Account}";
}

/// <summary>Signing in did not work; <see cref="Status"/> says why.</summary>
public sealed class SignInException(ConnectionStatus status) : Exception($"Signing in failed: {status.Cause} {status.Detail}")
{
    public ConnectionStatus Status { get; } = status;
}
