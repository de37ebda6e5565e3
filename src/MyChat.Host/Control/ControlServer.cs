namespace MyChat.Host.Control;

internal sealed record UserRequest(string Name, string Password = "");

/// <summary>
/// Serves the commands, on the Unix socket and nothing else: its pipeline is a web application of its own, so that no path of the public
/// listeners can lead here (CVE-2023-32315 and its kind).
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _dataDirectory;
    private readonly string _path;

    private ControlServer(WebApplication app, string dataDirectory, string path)
    {
        _app = app;
        _dataDirectory = dataDirectory;
        _path = path;
    }

    /// <summary>Starts it; null when no socket can be placed.</summary>
    public static async Task<ControlServer?> StartAsync(
        IUsers users, IMaintenance maintenance, Func<ServerStatus> status, string dataDirectory, ILoggerProvider? log, CancellationToken cancellation)
    {
        var path = ControlSocket.Place(dataDirectory, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
        if (path is null)
        {
            return null;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Who comes in here may do everything anyway; a backup to a slow disk takes its time, and an import has its size.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenUnixSocket(path);
        });
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, NoLifetime>();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        var app = builder.Build();
        app.MapGet("/status", status);
        MapUsers(app, users);
        MaintenanceEndpoints.Map(app, maintenance);
        await app.StartAsync(cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new ControlServer(app, dataDirectory, path);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        ControlSocket.Remove(_dataDirectory, _path);
    }

    private static void MapUsers(WebApplication app, IUsers users)
    {
        app.MapGet("/user/list", (CancellationToken cancellation) => users.ListAsync(cancellation));
        app.MapPost("/user/add", (UserRequest request, CancellationToken cancellation) => users.AddAsync(request.Name, request.Password, cancellation));
        app.MapPost("/user/passwd", (UserRequest request, CancellationToken cancellation) =>
            users.SetPasswordAsync(request.Name, request.Password, cancellation));
        app.MapPost("/user/delete", (UserRequest request, CancellationToken cancellation) => users.DeleteAsync(request.Name, cancellation));
    }

    /// <summary>The server's own host listens to signals; this one ends with it.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
