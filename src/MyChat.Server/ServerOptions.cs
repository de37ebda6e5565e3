using MyChat.Xmpp.Xeps;

namespace MyChat.Server;

/// <summary>What an operator sets; the names are the configuration's. Made and checked by the host (one line per mistake).</summary>
public sealed class ServerOptions
{
    /// <summary>The server's domain: the part after @, prepared as RFC 7622 says.</summary>
    public string Domain { get; set; } = "localhost";

    public C2sOptions C2s { get; set; } = new();
    public RegistrationOptions Registration { get; set; } = new();
    public LimitOptions Limits { get; set; } = new();
    public HistoryOptions History { get; set; } = new();
    public ContactOptions Contact { get; set; } = new();
}

public sealed class C2sOptions
{
    /// <summary>SCRAM without TLS also allowed; PLAIN never is. For tests and benchmarks.</summary>
    public bool AllowPlaintext { get; set; }
}

public enum RegistrationMode { Open, Closed }

public sealed class RegistrationOptions
{
    public RegistrationMode Mode { get; set; } = RegistrationMode.Open;

    /// <summary>New accounts per IPv4 address or IPv6 /64 and hour; 0 lifts the limit.</summary>
    public int PerAddressPerHour { get; set; } = 20;
}

public sealed class LimitOptions
{
    public int FailedLoginsPerAddressPerMinute { get; set; } = 30;

    /// <summary>What one client may send, averaged, in bytes per second; the reader slows it down and nothing is lost.</summary>
    public int BytesPerSecondPerSession { get; set; } = 1_048_576;

    /// <summary>The longest stanza of a client that is logged in, in bytes.</summary>
    public int StanzaBytes { get; set; } = 262_144;

    public int SessionsPerAccount { get; set; } = 50;
    public int RosterItems { get; set; } = 5000;

    /// <summary>How long a stream that lost its connection can be resumed, in seconds.</summary>
    public int ResumeSeconds { get; set; } = 300;

    public int CachedAccounts { get; set; } = 20_000;
    public int MailboxMegabytesPerAccount { get; set; } = 1024;

    /// <summary>Messages of one sender that one account has not received yet; more are refused.</summary>
    public int UndeliveredPerSenderAndAccount { get; set; } = 1000;

    /// <summary>Nodes at which an account publishes (XEP-0163).</summary>
    public int NodesPerAccount { get; set; } = 200;

    /// <summary>Items that a node keeps; past it the oldest go. What clients call "max" (XEP-0060).</summary>
    public int ItemsPerNode { get; set; } = 1000;

    /// <summary>The longest item, in bytes.</summary>
    public int ItemBytes { get; set; } = 131_072;

    /// <summary>What all items of an account may take up.</summary>
    public int NodeMegabytesPerAccount { get; set; } = 16;
}

public sealed class HistoryOptions
{
    public ArchiveDefault Default { get; set; } = ArchiveDefault.Always;

    /// <summary>Days that messages are kept; 0 is for ever.</summary>
    public int KeepDays { get; set; }

    /// <summary>Messages that are kept of each account, the newest; 0 is all.</summary>
    public int KeepMessages { get; set; }
}

/// <summary>Whom to write to about this server (XEP-0157): URIs, each list empty by default.</summary>
public sealed class ContactOptions
{
    public IList<string> Abuse { get; } = [];
    public IList<string> Admin { get; } = [];
    public IList<string> Feedback { get; } = [];
    public IList<string> Sales { get; } = [];
    public IList<string> Security { get; } = [];
    public IList<string> Support { get; } = [];
}
