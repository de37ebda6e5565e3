using MyChat.Client.Stores;
using MyChat.Testing.Stores;

namespace MyChat.Client.Tests.Stores;

public sealed class MemoryStoreTests : ClientStoreContract
{
    protected override Task<IClientStore> OpenNewAsync() => Task.FromResult<IClientStore>(new MemoryStore());
}
