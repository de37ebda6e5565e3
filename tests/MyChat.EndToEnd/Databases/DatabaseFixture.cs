using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Databases;

/// <summary>A database server that keeps its promises, for the tests of one class.</summary>
public abstract class DatabaseFixture : IAsyncLifetime
{
    public DatabaseProcess Server { get; private set; } = null!; // InitializeAsync sets it

    public async ValueTask InitializeAsync() => Server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (Server is not null) // it did not start
        {
            await Server.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    protected abstract Task<DatabaseProcess> StartAsync();
}

public sealed class MariaDbFixture : DatabaseFixture
{
    protected override async Task<DatabaseProcess> StartAsync() => await MariaDbProcess.StartAsync();
}

public sealed class PostgresFixture : DatabaseFixture
{
    protected override async Task<DatabaseProcess> StartAsync() => await PostgresProcess.StartAsync();
}
