using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using MyChat.Host.Configuration;
using MyChat.Host.Control;
using MyChat.Host.Tls;
using MyChat.Host.Web;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Connections;
using MyChat.Storage;

namespace MyChat.Host.Commands;

/// <summary>mychat serve: puts the server together and runs it until it is told to stop.</summary>
internal static class Serve
{
    /// <summary>How long streams may take to end before they are cut.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(MyChatOptions options)
    {
        await ServeAsync(options);
        Console.WriteLine("Stopped."); // the database is closed, the lock is free, the log is written
        return 0;
    }

    private static async Task ServeAsync(MyChatOptions options)
    {
        using var directory = DataDirectory.TryOpen(options.DataDirectory) ?? throw await InUseAsync(options.DataDirectory);
        var listeners = new Listeners(options);
        await using var app = Build(options, listeners);
        // The certificate and the database first: what is wrong with them is said before anything listens.
        var certificates = app.Services.GetRequiredService<Certificates>();
        var database = Open(app.Services);
        await StartAsync(app, listeners);
        var server = app.Services.GetRequiredService<XmppServer>();
        await using var control = await ControlServer.StartAsync(
            new Users(server.Registry, options.Server),
            new Maintenance(database, server, options, app.Services.GetRequiredService<TimeProvider>(), isServing: true),
            () => ServerStatus.Of(server, database),
            options.DataDirectory,
            app.Services.GetRequiredService<ILoggerProvider>(),
            CancellationToken.None);

        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Console.WriteLine(StartupText.Write(options, listeners, certificates, database, control is not null, now));
        if (await Task.WhenAny(app.WaitForShutdownAsync(), database.Ended) == database.Ended)
        {
            await app.StopAsync();
            throw Failure.Now(await database.Ended);
        }
    }

    private static WebApplication Build(MyChatOptions options, Listeners listeners)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "mychat",
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        builder.Logging.AddShortConsole();
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(options)
            .AddSingleton<Certificates>()
            .AddSingleton<IServerCertificate>(services => services.GetRequiredService<Certificates>())
            .AddMyChatStorage(options.ToStorage())
            .AddXmppServer(options.Server, ServerModules.Create)
            .AddRoutingCore()
            // Together, not one after the other: the XMPP server must end its streams while Kestrel waits for their connections.
            .Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (StopWithin, true));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024; // nothing takes uploads
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
            listeners.Configure(kestrel, kestrel.ApplicationServices.GetRequiredService<IServerCertificate>());
        });

        var app = builder.Build();
        app.Use((context, next) =>
        {
            var isPrivate = context.Request.IsHttps || (context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote));
            SecurityHeaders.Set(context.Response.Headers, isPrivate);
            return next(context);
        });
        Web.WebClient.Use(app);
        app.UseRouting();
        app.UseWebSockets();
        app.MapXmpp();
        new Web.WebClient(options, listeners).Map(app);
        return app;
    }

    private static Database Open(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<Database>();
        }
        catch (StorageException unusable)
        {
            throw Failure.Now(unusable.Message);
        }
    }

    private static async Task StartAsync(WebApplication app, Listeners listeners)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception refused) when (refused is AddressInUseException or SocketException || refused.InnerException is AddressInUseException)
        {
            throw listeners.Blame(refused);
        }
    }

    private static async Task<Failure> InUseAsync(string path)
    {
        var holder = await ControlClient.FindProcessAsync(path, CancellationToken.None) is { } process ? $" (process {process})" : "";
        return Failure.Now($"DataDirectory={Failure.Printable(path)}: in use by another mychat{holder}; expected a folder of its own");
    }
}
