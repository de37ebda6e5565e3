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
            AnswerAsync(context, output => CheckAsync(maintenance, output, cancellation)));
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

    private static async Task CheckAsync(IMaintenance maintenance, Stream output, CancellationToken cancellation)
    {
        var lines = Channel.CreateUnbounded<CheckLine>();
        var checking = Task.Run(
            async () =>
            {
                try
                {
                    var findings = await maintenance.CheckAsync(new Teller(lines.Writer), cancellation);
                    lines.Writer.TryWrite(new CheckLine(null, findings));
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

        await checking;
    }

    private sealed class Teller(ChannelWriter<CheckLine> lines) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value) => lines.TryWrite(new CheckLine(value, null));
    }
}
