using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Browsers;

/// <summary>
/// Somebody else's server. The web client's files come from the published program, through a small web server that stands before both: client.json
/// names Prosody's domain, and the WebSocket leads to Prosody.
/// </summary>
public sealed class ProsodyVenue : Venue
{
    private readonly ProsodyProcess _prosody;
    private readonly ServerProcess _files;
    private readonly WebApplication _front;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private ProsodyVenue(ProsodyProcess prosody, ServerProcess files)
    {
        (_prosody, _files) = (prosody, files);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _front = builder.Build();
        _front.UseWebSockets();
        _front.Run(AnswerAsync);
        WebLink = new Link(() => new Uri(_front.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port);
        ClientLink = new Link(() => _prosody.StartTlsPort);
    }

    public static async Task<ProsodyVenue> StartAsync()
    {
        var venue = new ProsodyVenue(await ProsodyProcess.StartAsync(), await ServerProcess.StartAsync(program: await PublishedProgram.PathAsync()));
        await venue._front.StartAsync();
        return venue;
    }

    public override ServerKind Kind => ServerKind.Prosody;
    public override PlayServer Server => _prosody;
    public override Link WebLink { get; }
    public override Link ClientLink { get; }
    public override byte[] Fingerprint => _prosody.Fingerprint;
    public override string Output => _prosody.Output;
    public override Task KillAsync() => _prosody.KillAsync();
    public override Task StartAgainAsync() => _prosody.StartAgainAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _front.StopAsync();
        await _front.DisposeAsync();
        await _files.DisposeAsync();
        _http.Dispose();
    }

    private Task AnswerAsync(HttpContext context) => context switch
    {
        { WebSockets.IsWebSocketRequest: true } => PassSocketAsync(context),
        { Request.Path.Value: "/client.json" } => WriteFactsAsync(context),
        _ => PassAsync(context),
    };

    private async Task WriteFactsAsync(HttpContext context)
    {
        var facts = JsonNode.Parse(await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_files.WebPort}/client.json")))!.AsObject(); // it is an object
        facts["domain"] = Domain;
        await context.Response.WriteAsJsonAsync(facts);
    }

    private async Task PassAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), $"http://127.0.0.1:{_files.WebPort}{context.Request.Path}{context.Request.QueryString}");
        foreach (var (name, values) in context.Request.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }
        if (answer.StatusCode != System.Net.HttpStatusCode.NotModified)
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private async Task PassSocketAsync(HttpContext context)
    {
        using var to = new ClientWebSocket();
        to.Options.AddSubProtocol("xmpp");
        await to.ConnectAsync(new Uri($"ws://127.0.0.1:{_prosody.HttpPort}/xmpp-websocket"), context.RequestAborted);
        using var from = await context.WebSockets.AcceptWebSocketAsync("xmpp");
        await Task.WhenAny(CopyAsync(from, to), CopyAsync(to, from));
    }

    private static async Task CopyAsync(WebSocket from, WebSocket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                await to.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, CancellationToken.None);
            }
            await to.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // One side is gone; so is the other.
        }
    }
}
