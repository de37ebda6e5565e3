using MyChat.Server;
using MyChat.Storage;
using MyChat.Xmpp.Xeps;

namespace MyChat.Host.Configuration;

/// <summary>Every key that an operator can set: the one place that help, configuration and README's table follow.</summary>
internal static class ConfigurationKeys
{
    /// <summary>RFC 6120 §13.12: a server must take stanzas of this size.</summary>
    private const int SmallestStanzaLimit = 10_000;

    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("Domain", "localhost", "the server's domain: the part after @ in everyone's address", SetDomain),
        new("DataDirectory", "./data", "folder for the database, the certificate and the control socket", SetDataDirectory) { IsPath = true },
        ConfigurationKey.Listen("C2s:Listen", "[::]:5222", "clients that start TLS on the open stream (STARTTLS)", (o, v) => o.C2sListen = v),
        new("C2s:AllowPlaintext", "false", "log-in without TLS is also allowed; for tests and benchmarks only", SetAllowPlaintext),
        ConfigurationKey.Listen("C2s:ListenTls", "[::]:5223", "clients that begin with TLS", (o, v) => o.C2sListenTls = v),
        ConfigurationKey.Listen("Web:Listen", "127.0.0.1:5280", "http: page and WebSocket, for this machine or a reverse proxy", (o, v) => o.WebListen = v),
        ConfigurationKey.Listen("Web:ListenTls", "[::]:5443", "https: the same", (o, v) => o.WebListenTls = v),
        new("Tls:Certificate", "", "PEM file: certificate and chain; nothing: a self-signed one is made", SetCertificate) { IsPath = true },
        new("Tls:Key", "", "PEM file: the certificate's private key, not encrypted", SetKey) { IsPath = true },
        new("Registration:Mode", "open", "who may make an account: open (anyone), closed (only mychat user add)", SetRegistrationMode),
        ConfigurationKey.Number("Registration:PerAddressPerHour", 20, "new accounts per IPv4 address or IPv6 /64", (o, v) => o.Server.Registration.PerAddressPerHour = v),
        ConfigurationKey.Number("Limits:FailedLoginsPerAddressPerMinute", 30, "failed log-ins per IPv4 address or IPv6 /64", (o, v) => o.Server.Limits.FailedLoginsPerAddressPerMinute = v),
        ConfigurationKey.Number("Limits:BytesPerSecondPerSession", 1_048_576, "what one client may send, averaged; more is slowed down, not lost", (o, v) => o.Server.Limits.BytesPerSecondPerSession = v),
        ConfigurationKey.Number("Limits:StanzaBytes", 262_144, "the longest stanza of a client that is logged in", (o, v) => o.Server.Limits.StanzaBytes = v, SmallestStanzaLimit),
        ConfigurationKey.Number("Limits:SessionsPerAccount", 50, "devices of one account at the same time", (o, v) => o.Server.Limits.SessionsPerAccount = v),
        ConfigurationKey.Number("Limits:RosterItems", 5000, "contacts of one account", (o, v) => o.Server.Limits.RosterItems = v),
        ConfigurationKey.Number("Limits:ResumeSeconds", 300, "how long a lost connection can be resumed", (o, v) => o.Server.Limits.ResumeSeconds = v),
        ConfigurationKey.Number("Limits:CachedAccounts", 20_000, "accounts kept in memory after their last use", (o, v) => o.Server.Limits.CachedAccounts = v),
        ConfigurationKey.Number("Limits:MailboxMegabytesPerAccount", 1024, "what one account's messages may take up", (o, v) => o.Server.Limits.MailboxMegabytesPerAccount = v),
        ConfigurationKey.Number("Limits:UndeliveredPerSenderAndAccount", 1000, "messages of one sender that wait for one account", (o, v) => o.Server.Limits.UndeliveredPerSenderAndAccount = v),
        ConfigurationKey.Number("Limits:NodesPerAccount", 200, "nodes at which one account publishes: avatar, read state, bookmarks …", (o, v) => o.Server.Limits.NodesPerAccount = v),
        ConfigurationKey.Number("Limits:ItemsPerNode", 1000, "items that a node keeps; past it the oldest go", (o, v) => o.Server.Limits.ItemsPerNode = v),
        ConfigurationKey.Number("Limits:ItemBytes", 131_072, "the longest item", (o, v) => o.Server.Limits.ItemBytes = v),
        ConfigurationKey.Number("Limits:NodeMegabytesPerAccount", 16, "what all items of one account may take up", (o, v) => o.Server.Limits.NodeMegabytesPerAccount = v),
        ConfigurationKey.Word("History:Default", ArchiveDefault.Always, "whose messages are kept: always, never, roster (contacts)", (o, v) => o.Server.History.Default = v),
        ConfigurationKey.Number("History:KeepDays", 0, "days that messages are kept; 0 is for ever", (o, v) => o.Server.History.KeepDays = v),
        ConfigurationKey.Number("History:KeepMessages", 0, "messages that are kept of each account; 0 is all", (o, v) => o.Server.History.KeepMessages = v),
        new("Storage:Provider", "sqlite", "the database: sqlite, mysql (MariaDB too), postgres", SetProvider),
        new("Storage:ConnectionString", "", "server, database, user and password, for mysql and postgres", SetConnectionString) { IsSecret = true },
        ConfigurationKey.Number("Storage:ReadConnections", 4, "connections that only read; one more writes", (o, v) => o.Storage.ReadConnections = v == 0 ? 64 : v),
        ConfigurationKey.Number("Storage:ConnectSeconds", 10, "how long a database server may take to let one in", (o, v) => o.Storage.ConnectSeconds = v),
        ConfigurationKey.Number("Storage:CommandSeconds", 30, "how long it may take to answer before its connection counts as dead", (o, v) => o.Storage.CommandSeconds = v),
        ConfigurationKey.Uris("Contact:Abuse", "addresses of the operator, shown to users (XEP-0157); URIs, comma separated", o => o.Server.Contact.Abuse),
        ConfigurationKey.Uris("Contact:Admin", "the same, for questions about the service", o => o.Server.Contact.Admin),
        ConfigurationKey.Uris("Contact:Feedback", "the same, for feedback", o => o.Server.Contact.Feedback),
        ConfigurationKey.Uris("Contact:Sales", "the same, for sales", o => o.Server.Contact.Sales),
        ConfigurationKey.Uris("Contact:Security", "the same, for reports about security", o => o.Server.Contact.Security),
        ConfigurationKey.Uris("Contact:Support", "the same, for help", o => o.Server.Contact.Support),
    ];

    public static ConfigurationKey? Find(string name) =>
        All.FirstOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? SetDomain(MyChatOptions options, string value)
    {
        if (!Values.TryDomain(value, out var domain))
        {
            return "expected a domain such as example.org";
        }

        options.Server.Domain = domain;
        return null;
    }

    private static string? SetDataDirectory(MyChatOptions options, string value)
    {
        options.DataDirectory = value;
        return value.Length == 0 || value.Contains('\0', StringComparison.Ordinal) ? "expected a folder" : null;
    }

    private static string? SetAllowPlaintext(MyChatOptions options, string value)
    {
        options.Server.C2s.AllowPlaintext = value.Equals("true", StringComparison.OrdinalIgnoreCase);
        return bool.TryParse(value, out _) ? null : "expected true or false";
    }

    private static string? SetCertificate(MyChatOptions options, string value)
    {
        options.TlsCertificate = value.Length == 0 ? null : value;
        return null;
    }

    private static string? SetKey(MyChatOptions options, string value)
    {
        options.TlsKey = value.Length == 0 ? null : value;
        return null;
    }

    private static string? SetRegistrationMode(MyChatOptions options, string value)
    {
        if (value.Equals("invite", StringComparison.OrdinalIgnoreCase))
        {
            return "invitations come in a later version; expected open, closed";
        }

        options.Server.Registration.Mode = Values.TryWord<RegistrationMode>(value, out var mode) ? mode : RegistrationMode.Closed;
        return Values.TryWord<RegistrationMode>(value, out _) ? null : "expected open, closed";
    }

    private static string? SetProvider(MyChatOptions options, string value)
    {
        options.Storage.Provider = value.ToLowerInvariant();
        return StorageOptions.Providers.Contains(options.Storage.Provider) ? null : $"expected {string.Join(", ", StorageOptions.Providers)}";
    }

    private static string? SetConnectionString(MyChatOptions options, string value)
    {
        options.Storage.ConnectionString = value;
        return null;
    }
}
