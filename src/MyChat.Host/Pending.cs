// Placeholders for what the server core and the storage bring; this file goes when they are merged.
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;

namespace MyChat.Server.Connections
{
    public interface IServerCertificate
    {
        SslStreamCertificateContext Context { get; }
        X509Certificate2 Certificate { get; }
    }
}

namespace MyChat.Server.Modules
{
    public interface IXmppModule;
}

namespace MyChat.Server.Accounts
{
    public enum RegistrationOutcome { Created, NameTaken, BadName, BadPassword }

    public sealed class AccountRegistry
    {
        private readonly Dictionary<string, AccountRecord> _accounts = [];

        public ValueTask<RegistrationOutcome> RegisterAsync(string localpart, string password, CancellationToken cancellation) =>
            ValueTask.FromResult(
                password.Length == 0 ? RegistrationOutcome.BadPassword
                : _accounts.TryAdd(localpart, new(1, localpart, DateTimeOffset.UnixEpoch, 0, Mailboxes.MailboxState.Empty))
                    ? RegistrationOutcome.Created : RegistrationOutcome.NameTaken);

        public ValueTask<bool> SetPasswordAsync(string localpart, string password, CancellationToken cancellation) =>
            ValueTask.FromResult(_accounts.ContainsKey(localpart));

        public ValueTask<bool> DeleteAsync(string localpart, CancellationToken cancellation) => ValueTask.FromResult(_accounts.Remove(localpart));

        public IAsyncEnumerable<AccountRecord> ListAsync(CancellationToken cancellation) => _accounts.Values.ToAsyncEnumerable();
    }
}

namespace MyChat.Server
{
    public static class XmppServerExtensions
    {
        public static IServiceCollection AddXmppServer(this IServiceCollection services, ServerOptions options, IEnumerable<IXmppModule> modules) =>
            services.AddSingleton<AccountRegistry>();

        public static ListenOptions UseXmpp(this ListenOptions listen) => listen;

        public static ListenOptions UseXmppTls(this ListenOptions listen) => listen;

        public static WebApplication MapXmpp(this WebApplication app) => app;
    }
}

namespace MyChat.Storage
{
    public sealed class StorageOptions
    {
        public string Provider { get; set; } = "";
        public string ConnectionString { get; set; } = "";
        public string DataDirectory { get; set; } = "";
    }

    public sealed class Database(StorageOptions options)
    {
        public string Description => $"SQLite, {Path.Combine(options.DataDirectory, "mychat.db")}";

        public ValueTask OpenAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
    }

    public static class StorageServices
    {
        public static IServiceCollection AddMyChatStorage(this IServiceCollection services, StorageOptions options) =>
            services.AddSingleton(new Database(options));
    }
}
