using MyChat.Host.Configuration;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Storage;

namespace MyChat.Host.Control;

/// <summary>Opens the accounts for a command: through the server when one runs, else in the database itself.</summary>
internal static class UserAccess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <exception cref="Failure">Neither is possible.</exception>
    public static async Task<IUsers> OpenAsync(MyChatOptions options, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await ControlClient.TryConnectAsync(options.DataDirectory, cancellation) is { } server)
            {
                return server.Client;
            }

            if (DataDirectory.TryOpen(options.DataDirectory) is { } directory)
            {
                return await OpenDatabaseAsync(options, directory);
            }

            // Locked and no socket: a server that starts or stops, or another command. Soon one of the two will do.
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw Failure.Now($"{options.DataDirectory} is in use by a process that has no control socket; stop it first");
            }

            await Task.Delay(Between, cancellation);
        }
    }

    private static async Task<Users> OpenDatabaseAsync(MyChatOptions options, DataDirectory directory)
    {
        var services = new ServiceCollection();
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Error).AddShortConsole());
        services.AddSingleton(TimeProvider.System);
        services.AddMyChatStorage(options.ToStorage());
        services.AddXmppServer(options.Server, ServerModules.Create);
        var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<Database>();
            return new Users(provider.GetRequiredService<AccountRegistry>(), options.Server, new Opened(provider, directory));
        }
        catch (StorageException unusable)
        {
            await provider.DisposeAsync();
            directory.Dispose();
            throw Failure.Now(unusable.Message);
        }
    }

    /// <summary>The lock goes after the database is closed.</summary>
    private sealed class Opened(ServiceProvider provider, DataDirectory directory) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await provider.DisposeAsync();
            directory.Dispose();
        }
    }
}
