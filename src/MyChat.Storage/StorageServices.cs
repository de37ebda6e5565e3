using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyChat.Modules;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Search;
using MyChat.Storage.Stores;

namespace MyChat.Storage;

public static class StorageServices
{
    /// <summary>
    /// Adds the stores. The database opens when <see cref="Database"/> is first asked for (ask early: it throws
    /// <see cref="StorageException"/>), and closes with the container, which must be disposed asynchronously.
    /// </summary>
    public static IServiceCollection AddMyChatStorage(this IServiceCollection services, StorageOptions options) => services
        .AddSingleton(options)
        .AddSingleton(provider => Database.Open(options, provider.GetService<ILoggerFactory>()))
        .AddSingleton<IAccountStore, AccountStore>()
        .AddSingleton<ISecretStore, SecretStore>()
        .AddSingleton<IDocumentStore, DocumentStore>()
        .AddSingleton<IRosterStore, RosterStore>()
        .AddSingleton<IMailboxStore, MailboxStore>()
        .AddSingleton<SearchDemand>()
        .AddSingleton<HistorySearch>()
        .AddSingleton<IArchiveStore>(provider => new ArchiveStore(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<HistorySearch>()))
        .AddSingleton<SearchIndex>()
        .AddHostedService<SearchIndexer>()
        .AddSingleton<IUserDirectory, UserDirectory>()
        .AddSingleton<INodeStore, NodeStore>();
}
