using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.DependencyInjection;

namespace MyChat.Server.Connections;

/// <summary>XMPP over WebSocket (RFC 7395), and how clients find it (XEP-0156).</summary>
internal static class WebSocketEndpoint
{
    public const string Path = "/xmpp-websocket";
    private const string Protocol = "xmpp";
    private const string LinkRelation = "urn:xmpp:alt-connections:websocket";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.Map(Path, ServeAsync);
        app.MapGet("/.well-known/host-meta", context => WriteHostMetaAsync(context, "application/xrd+xml", address =>
            $"<?xml version='1.0' encoding='utf-8'?><XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'><Link rel='{LinkRelation}' href='{WebUtility.HtmlEncode(address)}'/></XRD>"));
        app.MapGet("/.well-known/host-meta.json", context => WriteHostMetaAsync(context, "application/json", address =>
            $$"""{"links":[{"rel":"{{LinkRelation}}","href":"{{System.Text.Json.JsonEncodedText.Encode(address)}}"}]}"""));
    }

    private static async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("This address speaks XMPP over WebSocket (RFC 7395), sub-protocol xmpp.\n");
            return;
        }
        var server = context.RequestServices.GetRequiredService<XmppServer>();
        var remote = new IPEndPoint(context.Connection.RemoteIpAddress ?? IPAddress.Loopback, context.Connection.RemotePort);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = Protocol,
            KeepAliveInterval = TimeSpan.Zero, // the stream has its own
            DangerousEnableCompression = false, // compression beside secrets tells them; and bombs
        });
        if (context.Features.Get<ISslStreamFeature>() is { } tls)
        {
            TlsBuffers.ReleaseWhenEmpty(tls.SslStream);
        }
        var transport = new WebSocketTransport(socket, remote, context.Request.IsHttps, context.Abort);
        await server.ServeAsync(transport, directTls: false, context.RequestAborted);
    }

    private static Task WriteHostMetaAsync(HttpContext context, string type, Func<string, string> document)
    {
        var address = $"{(context.Request.IsHttps ? "wss" : "ws")}://{context.Request.Host}{Path}";
        context.Response.ContentType = type;
        context.Response.Headers.AccessControlAllowOrigin = "*"; // XEP-0156 §4: web clients of other sites read it
        return context.Response.WriteAsync(document(address));
    }
}
