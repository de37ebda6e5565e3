using MyChat.Ui.App;
using MyChat.Ui.Language;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Welcome;

/// <summary>Which server the welcome page means: the page's own, or (desktop) what is typed.</summary>
public sealed class ServerChoice(HostKind host)
{
    private bool _wasAsked;

    /// <summary>What is known of the server, or null while it is not.</summary>
    public ServerInfo? Known { get; private set; }

    /// <summary>Ends when the server said what it is, or could not: whoever is quicker waits for it.</summary>
    public Task Asked { get; set; } = Task.CompletedTask;

    public string Domain { get; set; } = "";
    public string ConnectTo { get; set; } = "";
    public string? DomainError { get; private set; }
    public string? ConnectToError { get; private set; }

    /// <summary>Whether the user may name the server.</summary>
    public bool IsFree => host == HostKind.Desktop;

    /// <summary>The user must name the server: none was used before.</summary>
    public bool IsUnknown => IsFree && _wasAsked && Known is null;

    /// <summary>The domain as far as it is known, for hints.</summary>
    public string? ShownDomain => IsFree ? (Domain.Trim().Length == 0 ? null : Domain.Trim()) : Known?.Address.Domain;

    /// <summary>Whether the server said that it makes no accounts.</summary>
    public bool IsRegistrationClosed => Known?.RegistrationOpen == false && (!IsFree || Known.Address.Domain == Domain.Trim());

    public void Learn(ServerInfo? info)
    {
        _wasAsked = true;
        Known = info;
        if (info is not null)
        {
            Domain = info.Address.Domain;
            ConnectTo = info.Address.Host is { } name ? (info.Address.Port is { } port ? Join(name, port) : name) : "";
        }
    }

    /// <summary>The server for an account; null, with the errors set, when what was typed cannot be one.</summary>
    /// <param name="domain">The domain of the account's address.</param>
    public ServerAddress? Resolve(string domain, WelcomeWords words)
    {
        ConnectToError = null;
        if (!IsFree)
        {
            return Known?.Address;
        }

        var typed = ConnectTo.Trim();
        if (typed.Length == 0)
        {
            return WithKnownCertificate(new ServerAddress(domain));
        }

        if (TrySplit(typed, out var name, out var port))
        {
            return WithKnownCertificate(new ServerAddress(domain) { Host = name, Port = port });
        }

        ConnectToError = words.ConnectToInvalid;
        return null;
    }

    /// <summary>Looks at the typed domain; false, with the error set, when it is none.</summary>
    public bool CheckDomain(WelcomeWords words)
    {
        DomainError = !IsFree || BareJid.TryCreate(null, Domain.Trim(), out _) ? null : words.DomainInvalid;
        return DomainError is null;
    }

    /// <summary>The user trusts a certificate: it is remembered for as long as the address stays the same.</summary>
    public void Trust(ServerAddress address, byte[] sha256) => Known = new ServerInfo(address with { TrustedCertificate = sha256 }, Known?.RegistrationOpen);

    private ServerAddress WithKnownCertificate(ServerAddress address) =>
        Known?.Address is { TrustedCertificate: { } trusted } known && known with { TrustedCertificate = null } == address
            ? address with { TrustedCertificate = trusted }
            : address;

    private static string Join(string name, int port) => name.Contains(':', StringComparison.Ordinal) ? $"[{name}]:{port}" : $"{name}:{port}";

    // host, host:port, [::1]:5222, ::1
    private static bool TrySplit(string typed, out string name, out int? port)
    {
        (name, port) = (typed, null);
        if (!Uri.TryCreate($"xmpp-c2s://{(IsBareIpv6(typed) ? $"[{typed}]" : typed)}", UriKind.Absolute, out var uri)
            || uri.Host.Length == 0 || uri.AbsolutePath is not ("/" or "") || uri.UserInfo.Length > 0)
        {
            return false;
        }

        name = uri.Host.Trim('[', ']');
        port = uri.Port > 0 ? uri.Port : null;
        return Uri.CheckHostName(name) != UriHostNameType.Unknown;
    }

    private static bool IsBareIpv6(string typed) => !typed.StartsWith('[') && typed.Count(character => character == ':') > 1;
}
