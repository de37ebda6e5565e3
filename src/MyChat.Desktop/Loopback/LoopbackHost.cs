using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using MyChat.Desktop.Pages;

namespace MyChat.Desktop.Loopback;

/// <summary>The web server of the window: only on this machine, only for this user's browser.</summary>
internal static class LoopbackHost
{
    /// <summary>Builds it; <paramref name="address"/> is where it will listen, on <paramref name="sockets"/>.</summary>
    public static WebApplication Build(LoopbackSockets sockets, LoopbackAddress address, Action<IServiceCollection> addServices)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseStaticWebAssets();
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = endPoint => sockets[endPoint]);
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            foreach (var endPoint in sockets.EndPoints)
            {
                options.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        builder.Logging.AddSimpleConsole(options => options.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            // It says that the keys are not encrypted on a disk that they never reach.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddRoutingCore();
        // A message of 64 KB comes from the page in one piece, with what its text needs of escapes.
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuit => circuit.DetailedErrors = true) // only its own user's page is told
            .AddHubOptions(options => options.MaximumReceiveMessageSize = 1 << 20);
        // What a page is given is good for this run only: no keys on disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton(address);
        builder.Services.AddSingleton<Tickets>();
        builder.Services.AddSingleton<ControlSecret>();
        builder.Services.AddSingleton<Gate>();
        builder.Services.AddSingleton(TimeProvider.System);
        addServices(builder.Services);

        var app = builder.Build();
        var gate = app.Services.GetRequiredService<Gate>();
        app.Use(next => context => gate.HandleAsync(context, next));
        app.UseRouting();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<Document>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
