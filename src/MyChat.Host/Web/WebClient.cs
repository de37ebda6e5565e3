using System.Text.Json;
using System.Text.Json.Serialization;
using MyChat.Host.Commands;
using MyChat.Host.Configuration;
using MyChat.Server;

namespace MyChat.Host.Web;

/// <summary>
/// Serves the web client: the files of MyChat.Web as they were published beside the program (compressed, with the cache rules of their manifest: what has
/// a hash in its name is kept for ever, everything else asked for anew), and what it has to know of this server.
/// </summary>
internal sealed partial class WebClient(MyChatOptions options, Listeners listeners)
{
    /// <summary>The client's own addresses: a page that is opened there is the same page.</summary>
    private static readonly string[] Pages = ["/"];

    private static readonly string Manifest = Path.Combine(AppContext.BaseDirectory, "mychat.staticwebassets.endpoints.json");

    /// <summary>Whether the program was published with the client.</summary>
    public static bool IsHere => File.Exists(Manifest) && File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html"));

    public void Map(WebApplication app)
    {
        app.MapMethods("/client.json", [HttpMethods.Get, HttpMethods.Head], WriteFacts);
        if (IsHere)
        {
            app.MapStaticAssets(Manifest);
        }
        else
        {
            app.MapGet("/", context => context.Response.WriteAsync(
                "This MyChat was built without its web client. Publish it: dotnet publish src/MyChat.Host -c Release -o DIRECTORY\n"));
        }
    }

    /// <summary>Gives the client's addresses the page. Comes before routing.</summary>
    public static void Use(WebApplication app)
    {
        if (!IsHere)
        {
            return;
        }

        app.Use((context, next) =>
        {
            if (Pages.Contains(context.Request.Path.Value))
            {
                context.Request.Path = "/index.html";
            }

            return next(context);
        });
    }

    private Task WriteFacts(HttpContext context)
    {
        var facts = new Facts(
            options.Server.Domain,
            XmppServerExtensions.WebSocketPath,
            options.Server.Registration.Mode == RegistrationMode.Open ? "open" : "closed",
            CommandLine.Version,
            listeners.Address("Web:ListenTls")?.Port);
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.WriteAsJsonAsync(facts, FactsJson.Default.Facts, cancellationToken: context.RequestAborted);
    }

    /// <summary>What client.json holds.</summary>
    /// <param name="WebSocket">The path where XMPP is spoken (RFC 7395).</param>
    /// <param name="Registration">"open" or "closed".</param>
    /// <param name="HttpsPort">Where this machine serves the same over https; null where it does not.</param>
    private sealed record Facts(string Domain, string WebSocket, string Registration, string Version, int? HttpsPort);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Facts))]
    private sealed partial class FactsJson : JsonSerializerContext;
}
