using MyChat.Storage;
using MyChat.Storage.Backups;

namespace MyChat.Host.Control;

/// <summary>The data of a server that runs, over its control socket; both ends of the wire.</summary>
internal sealed class ControlMaintenance(string path) : IMaintenance
{
    public bool IsServing => true;

    /// <summary>The server's end.</summary>
    public static void Map(WebApplication app, IMaintenance maintenance) =>
        app.MapGet("/backup", (HttpContext context, CancellationToken cancellation) => StreamAsync(
            context, output => maintenance.BackupAsync(output, Silence.Instance, cancellation)));

    public async Task<BackupSummary> BackupAsync(Stream output, IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        using var http = Connect();
        await using var input = await GetAsync(http, "backup", cancellation);
        return await Received(() => Backup.CopyAsync(input, output, progress, cancellation));
    }

    private HttpClient Connect()
    {
        var http = ControlSocket.Connect(path);
        http.Timeout = Timeout.InfiniteTimeSpan; // as long as it takes; who waits can interrupt it
        return http;
    }

    private static async Task<Stream> GetAsync(HttpClient http, string what, CancellationToken cancellation)
    {
        try
        {
            var response = await http.GetAsync(what, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsStreamAsync(cancellation)
                : throw Failure.Now(await ReasonAsync(response, cancellation));
        }
        catch (HttpRequestException)
        {
            throw Failure.Now("the server ended before it answered");
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var reason = response.Content.Headers.ContentType?.MediaType == "text/plain" ? await response.Content.ReadAsStringAsync(cancellation) : "";
        return reason.Length > 0 ? reason : $"the server could not do it (HTTP {(int)response.StatusCode}); its log tells more";
    }

    /// <summary>A server that breaks off says why in its log: here only the connection ends.</summary>
    private static async Task<T> Received<T>(Func<Task<T>> receive)
    {
        try
        {
            return await receive();
        }
        catch (HttpIOException)
        {
            throw Failure.Now("the server broke off in the middle; its log tells more");
        }
    }

    /// <summary>Answers with what an operation writes. A refusal before its first byte is told in words; later only the connection can end.</summary>
    private static async Task StreamAsync(HttpContext context, Func<Stream, Task> write)
    {
        try
        {
            context.Response.ContentType = "application/octet-stream";
            await write(context.Response.Body);
        }
        catch (Exception refused) when (refused is StorageException or Failure && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(refused.Message, CancellationToken.None);
        }
    }

    /// <summary>Nobody watches the server's end.</summary>
    private sealed class Silence : IProgress<OperationProgress>
    {
        public static readonly Silence Instance = new();

        public void Report(OperationProgress value)
        {
        }
    }
}
