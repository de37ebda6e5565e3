using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyChat.Server.Accounts;
using MyChat.Server.Connections;
using MyChat.Server.Mailboxes;
using MyChat.Server.Modules;
using MyChat.Server.Routing;

namespace MyChat.Server;

/// <summary>Puts the server together; the host calls these and nothing else.</summary>
public static class XmppServerExtensions
{
    /// <summary>Adds the server. The stores and the certificate must be added too, and the database be open before the server is first asked for.</summary>
    public static IServiceCollection AddXmppServer(this IServiceCollection services, ServerOptions options, IEnumerable<IXmppModule> modules) =>
        services.AddXmppServer(options, _ => modules);

    /// <summary>The same, for modules that need services themselves.</summary>
    public static IServiceCollection AddXmppServer(
        this IServiceCollection services, ServerOptions options, Func<IServiceProvider, IEnumerable<IXmppModule>> modules)
    {
        services.AddSingleton(provider => new ModuleTable([new RosterRequests(), .. modules(provider)]));
        services.AddSingleton(provider => new ServerStores(
            provider.GetRequiredService<IAccountStore>(),
            provider.GetRequiredService<IRosterStore>(),
            provider.GetRequiredService<IMailboxStore>(),
            provider.GetRequiredService<IArchiveStore>(),
            provider.GetRequiredService<IDocumentStore>(),
            provider.GetRequiredService<ISecretStore>()));
        services.AddSingleton(provider =>
        {
            var stores = provider.GetRequiredService<ServerStores>();
            var secrets = ServerSecrets.LoadAsync(stores.Secrets, CancellationToken.None).AsTask().GetAwaiter().GetResult(); // once, at start
            return new XmppServer(
                options,
                stores,
                secrets,
                provider.GetRequiredService<ModuleTable>(),
                provider.GetService<TimeProvider>() ?? TimeProvider.System,
                provider.GetRequiredService<ILoggerFactory>());
        });
        services.AddSingleton(provider => provider.GetRequiredService<XmppServer>().Registry);
        services.AddHostedService(provider => provider.GetRequiredService<XmppServer>());
        return services;
    }

    /// <summary>Serves XMPP with STARTTLS on this listener (RFC 6120).</summary>
    public static void UseXmpp(this ListenOptions listen) =>
        listen.Run(connection => ServeAsync(connection, listen.ApplicationServices, directTls: false));

    /// <summary>Serves XMPP with TLS from the first byte on this listener (XEP-0368).</summary>
    public static void UseXmppTls(this ListenOptions listen) =>
        listen.Run(connection => ServeAsync(connection, listen.ApplicationServices, directTls: true));

    /// <summary>Where XMPP over WebSocket is served.</summary>
    public const string WebSocketPath = WebSocketEndpoint.Path;

    /// <summary>Serves XMPP over WebSocket (RFC 7395) at <see cref="WebSocketPath"/>, and tells where that is (XEP-0156).</summary>
    public static void MapXmpp(this IEndpointRouteBuilder app) => WebSocketEndpoint.Map(app);

    private static async Task ServeAsync(ConnectionContext connection, IServiceProvider services, bool directTls)
    {
        var server = services.GetRequiredService<XmppServer>();
        var remote = connection.RemoteEndPoint as System.Net.IPEndPoint ?? new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0);
        var certificate = services.GetRequiredService<IServerCertificate>();
        var transport = new PipeTransport(connection.Transport, remote, certificate, () => connection.Abort());
        await server.ServeAsync(transport, directTls, connection.ConnectionClosed);
    }
}
