using System.Text.Json;
using System.Threading.Channels;
using MyChat.Storage;

namespace MyChat.Host.Control;

/// <summary>The server's end of <see cref="ControlMaintenance"/>.</summary>
internal static class MaintenanceEndpoints
{
    public static void Map(WebApplication app, IMaintenance maintenance)
    {
        app.MapGet("/backup", (HttpContext context, CancellationToken cancellation) =>
            AnswerAsync(context, output => maintenance.BackupAsync(output, new Progress<OperationProgress>(), cancellation)));
        app.MapGet("/export", (HttpContext context, string name, bool isWhole, CancellationToken cancellation) =>
            AnswerAsync(context, output => maintenance.ExportAsync(name, isWhole, output, cancellation)));
        app.MapGet("/check", (HttpContext context, CancellationToken cancellation) =>
            AnswerAsync(context, output => TellAsync(output, maintenance.CheckAsync, cancellation)));
        app.MapPost("/history/prune", (HttpContext context, HistoryPrune prune, CancellationToken cancellation) =>
            AnswerAsync(context, output => TellAsync(output, (progress, token) => maintenance.PruneAsync(prune, progress, token), cancellation)));
        app.MapGet("/user/show", (HttpContext context, string name, CancellationToken cancellation) =>
            AnswerAsync(context, async output => await WriteAsync(context, output, await maintenance.ShowAsync(name, cancellation))));
        app.MapPost("/import", (HttpContext context, CancellationToken cancellation) =>
            AnswerAsync(context, async output => await WriteAsync(context, output, await maintenance.ImportAsync(context.Request.Body, cancellation))));
    }

    /// <summary>Answers with what an operation writes. A refusal before its first byte is told in words; later only the connection can end.</summary>
    private static async Task AnswerAsync(HttpContext context, Func<Stream, Task> write)
    {
        try
        {
            context.Response.ContentType = "application/octet-stream";
            await write(context.Response.Body);
        }
        catch (Exception refused) when (refused is StorageException or Failure && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(refused.Message, CancellationToken.None);
        }
    }

    private static Task WriteAsync<T>(HttpContext context, Stream output, T value)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(output, value, JsonSerializerOptions.Web);
    }

    /// <summary>Answers with a line for each report of progress, and one with the result.</summary>
    private static async Task TellAsync<T>(
        Stream output, Func<IProgress<OperationProgress>, CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        var lines = Channel.CreateUnbounded<ProgressLine<T>>();
        var running = Task.Run(
            async () =>
            {
                try
                {
                    var result = await run(new Teller<T>(lines.Writer), cancellation);
                    lines.Writer.TryWrite(new ProgressLine<T>(null, [result]));
                    lines.Writer.TryComplete();
                }
                catch (Exception failure)
                {
                    lines.Writer.TryComplete(failure);
                }
            },
            cancellation);
        await foreach (var line in lines.Reader.ReadAllAsync(cancellation))
        {
            await JsonSerializer.SerializeAsync(output, line, JsonSerializerOptions.Web, cancellation);
            await output.FlushAsync(cancellation);
        }

        await running;
    }

    private sealed class Teller<T>(ChannelWriter<ProgressLine<T>> lines) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value) => lines.TryWrite(new ProgressLine<T>(value, null));
    }
}
