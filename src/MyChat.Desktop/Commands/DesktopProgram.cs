using System.Runtime.InteropServices;
using MyChat.Desktop.Data;
using MyChat.Desktop.Dialing;
using MyChat.Desktop.Instances;
using MyChat.Desktop.Loopback;
using MyChat.Desktop.Notices;
using MyChat.Desktop.Programs;
using MyChat.Desktop.Vault;
using MyChat.Desktop.Windows;
using MyChat.Ui.App;

namespace MyChat.Desktop.Commands;

/// <summary>The program while it runs: from taking the lock to saying goodbye.</summary>
internal sealed class DesktopProgram
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(5);

    private readonly DataFolder _folder;
    private readonly Options _options;
    private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DesktopProgram(DataFolder folder, Options options) => (_folder, _options) = (folder, options);

    /// <summary>Runs until the user quits; the exit code.</summary>
    public static async Task<int> RunAsync(Options options)
    {
        var folder = new DataFolder(options.DataFolder);
        if (await TakeLockAsync(folder).ConfigureAwait(false) is not { } taken)
        {
            return 0;
        }

        using (taken)
        {
            return await new DesktopProgram(folder, options).RunAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The lock of the data folder, or null when another program has it and shows its window now.</summary>
    /// <exception cref="IOException">Another program has it and does not answer.</exception>
    private static async Task<InstanceLock?> TakeLockAsync(DataFolder folder)
    {
        var taken = InstanceLock.TryTake(folder.LockFile);
        if (taken is not null)
        {
            return taken;
        }

        var shown = await FirstInstance.ShowAsync(
            folder.AddressFile, () => (taken = InstanceLock.TryTake(folder.LockFile)) is not null, TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(false);
        return taken is not null || shown ? taken : throw new IOException("MyChat runs already on this data folder, but does not answer. End it first.");
    }

    private async Task<int> RunAsync()
    {
        using var sockets = LoopbackSockets.Bind();
        var address = new LoopbackAddress(Tickets.NewSecret()[..16] + ".localhost", sockets.Port);
        await using var host = LoopbackHost.Build(sockets, address, AddServices);
        var services = host.Services;
        var watch = services.GetRequiredService<WindowWatch>();
        var window = services.GetRequiredService<ProgramWindow>();
        var platform = services.GetRequiredService<DesktopPlatform>();
        platform.LoadSettings();
        host.MapPost(Gate.ShowPath, window.Show);
        Wire(window, watch, platform);
        using var signals = new Signals(() => _end.TrySetResult(0));

        await host.StartAsync().ConfigureAwait(false);
        services.GetRequiredService<AddressFile>().Write();
        window.Show();
        var chat = services.GetRequiredService<ChatApp>();
        _ = chat.StartAsync(); // the page waits for it too, and shows what went wrong
        var exitCode = await _end.Task.ConfigureAwait(false);
        await SayGoodbyeAsync(chat).ConfigureAwait(false);
        await host.StopAsync().ConfigureAwait(false);
        return exitCode;
    }

    /// <summary>Ends the connection in order, but does not wait for a server that does not answer.</summary>
    private static async Task SayGoodbyeAsync(ChatApp chat)
    {
        try
        {
            await chat.DisposeAsync().AsTask().WaitAsync(GoodbyePatience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What was not sent is in the store.
        }
    }

    private void Wire(ProgramWindow window, WindowWatch watch, DesktopPlatform platform)
    {
        watch.Closed += () =>
        {
            if (!platform.StaysConnected && _options.Browser != "none")
            {
                _end.TrySetResult(0);
            }
        };
        window.Impossible += reason =>
        {
            Console.Error.WriteLine(reason);
            _end.TrySetResult(1);
        };
        platform.WindowRequested += window.Show;
        platform.QuitRequested += () => _end.TrySetResult(0);
    }

    private void AddServices(IServiceCollection services) => services
        .AddMyChatUi()
        .AddSingleton(_folder)
        .AddSingleton(Choice())
        .AddSingleton<WindowWatch>()
        .AddSingleton<OpenPages>()
        .AddSingleton<ProgramWindow>()
        .AddSingleton<Microsoft.AspNetCore.Components.Server.Circuits.CircuitHandler, PageConnections>()
        .AddSingleton(provider => new AddressFile(
            _folder.AddressFile, provider.GetRequiredService<LoopbackAddress>(), provider.GetRequiredService<Tickets>(),
            provider.GetRequiredService<ControlSecret>()))
        .AddSingleton(provider => new SettingsFile(_folder.SettingsFile, provider.GetRequiredService<ILogger<SettingsFile>>()))
        .AddSingleton(provider => AccountVault.ForSystem(_folder, provider.GetRequiredService<ILogger<AccountVault>>()))
        .AddSingleton(new ServerPlaces(ServerPlaces.AskNameServers))
        .AddSingleton(provider => Notices(provider.GetRequiredService<ILogger<INotices>>()))
        .AddSingleton<DesktopPlatform>()
        .AddSingleton<IPlatform>(provider => provider.GetRequiredService<DesktopPlatform>());

    private BrowserChoice Choice() => _options.Browser switch
    {
        null => new BrowserChoice([.. Browser.Installed()], Tab: true),
        "tab" => new BrowserChoice([], Tab: true),
        "none" => new BrowserChoice([], Tab: false),
        var path => new BrowserChoice([new Browser(Path.GetFileNameWithoutExtension(path), path)], Tab: true),
    };

    private static INotices Notices(ILogger logger) =>
        OperatingSystem.IsWindows() ? ScriptNotices.ForWindows(logger)
        : OperatingSystem.IsMacOS() ? ScriptNotices.ForMac(logger)
        : ExternalProgram.Find("notify-send") is { } program ? new NotifySendNotices(program, null, logger)
        : new NoNotices();

    /// <summary>What the system sends to end a program.</summary>
    private sealed class Signals : IDisposable
    {
        private readonly List<PosixSignalRegistration> _registrations = [];

        public Signals(Action end)
        {
            foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            {
                _registrations.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = true;
                    end();
                }));
            }
        }

        public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
    }
}
