using Microsoft.Extensions.DependencyInjection;
using MyChat.Modules;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;

namespace MyChat.Storage.Tests;

public sealed class StorageServicesTests
{
    [Theory]
    [InlineData(typeof(IAccountStore))]
    [InlineData(typeof(ISecretStore))]
    [InlineData(typeof(IDocumentStore))]
    [InlineData(typeof(IRosterStore))]
    [InlineData(typeof(IMailboxStore))]
    [InlineData(typeof(IUserDirectory))]
    public async Task Every_store_is_there_to_be_asked_for(Type store)
    {
        var directory = Directory.CreateTempSubdirectory("mychat-storage-").FullName;
        await using (var services = new ServiceCollection()
            .AddMyChatStorage(new StorageOptions { DataDirectory = directory }).BuildServiceProvider())
        {
            Assert.IsAssignableFrom(store, services.GetRequiredService(store));
        }
        Directory.Delete(directory, recursive: true);
    }
}
