using MyChat.Host.Configuration;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Storage;

namespace MyChat.Host.Control;

/// <summary>A command's way to accounts and data: through the server when one runs, else into the database itself.</summary>
internal sealed class Access : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly IAsyncDisposable _owned;

    private Access(IUsers users, IMaintenance maintenance, IAsyncDisposable owned) => (Users, Maintenance, _owned) = (users, maintenance, owned);

    public IUsers Users { get; }

    public IMaintenance Maintenance { get; }

    /// <summary>Opens what is there; with <paramref name="mustExist"/> no database is made where there is none.</summary>
    /// <exception cref="Failure">Neither way is possible.</exception>
    public static async Task<Access> OpenAsync(MyChatOptions options, CancellationToken cancellation, bool mustExist = false)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await ControlClient.TryConnectAsync(options.DataDirectory, cancellation) is { } server)
            {
                return new Access(server.Client, server.Client.Maintenance, server.Client);
            }

            if (DataDirectory.TryOpen(options.DataDirectory) is { } directory)
            {
                return await OpenDatabaseAsync(options, directory, mustExist);
            }

            // Locked and no socket: a server that starts or stops, or another command. Soon one of the two will do.
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw Failure.Now($"{options.DataDirectory} is in use by a process that has no control socket; stop it first");
            }

            await Task.Delay(Between, cancellation);
        }
    }

    /// <summary>Takes the data directory of a server that must not run meanwhile.</summary>
    /// <param name="command">What asks for it.</param>
    /// <exception cref="Failure">One runs.</exception>
    public static async Task<DataDirectory> OpenStoppedAsync(string command, MyChatOptions options, CancellationToken cancellation)
    {
        if (DataDirectory.TryOpen(options.DataDirectory) is { } directory)
        {
            return directory;
        }

        var process = await ControlClient.FindProcessAsync(options.DataDirectory, cancellation);
        throw Failure.Now($"mychat {command} needs a stopped server, and {(process is null ? "a process" : $"process {process}")} uses {options.DataDirectory}: stop it first");
    }

    public ValueTask DisposeAsync() => _owned.DisposeAsync();

    private static async Task<Access> OpenDatabaseAsync(MyChatOptions options, DataDirectory directory, bool mustExist)
    {
        var services = new ServiceCollection();
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Error).AddShortConsole());
        services.AddSingleton(TimeProvider.System);
        services.AddMyChatStorage(options.ToStorage());
        services.AddXmppServer(options.Server, ServerModules.Create);
        var provider = services.BuildServiceProvider();
        try
        {
            if (mustExist && !Database.Exists(options.ToStorage()))
            {
                throw new StorageException($"there is no MyChat database here yet ({options.DataDirectory}): give the same configuration as the server's");
            }

            var database = provider.GetRequiredService<Database>();
            return new Access(
                new Users(provider.GetRequiredService<AccountRegistry>(), options.Server),
                new Maintenance(database, provider.GetRequiredService<XmppServer>(), options, TimeProvider.System, isServing: false),
                new Opened(provider, directory));
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
