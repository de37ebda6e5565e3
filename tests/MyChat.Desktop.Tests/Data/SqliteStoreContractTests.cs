using MyChat.Client.Stores;
using MyChat.Desktop.Data;
using MyChat.Testing.Stores;

namespace MyChat.Desktop.Tests.Data;

public sealed class SqliteStoreContractTests : ClientStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<IClientStore> OpenNewAsync() => OpenAsync();

    protected override Task<IClientStore>? OpenAgainAsync() => OpenAsync();

    public void Dispose() => _folder.Dispose();

    private Task<IClientStore> OpenAsync() => Task.FromResult<IClientStore>(SqliteStore.Open(_folder["romeo.db"], TimeProvider.System));
}
