using System.Net.Http.Json;
using System.Text.Json;
using MyChat.Server.Mailboxes;
using MyChat.Storage;
using MyChat.Storage.Backups;
using MyChat.Storage.Checks;
using MyChat.Storage.Portable;

namespace MyChat.Host.Control;

/// <summary>The data of a server that runs, over its control socket.</summary>
internal sealed class ControlMaintenance(string path) : IMaintenance
{
    public bool IsServing => true;

    public async Task<BackupSummary> BackupAsync(Stream output, IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        using var http = Connect();
        await using var input = await GetAsync(http, "backup", cancellation);
        return await ReceiveAsync(() => Backup.CopyAsync(input, output, progress, cancellation));
    }

    public async Task<IReadOnlyList<CheckFinding>> CheckAsync(IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        using var http = Connect();
        await using var input = await GetAsync(http, "check", cancellation);
        return await ListenAsync<IReadOnlyList<CheckFinding>>(input, progress, cancellation);
    }

    public Task<IReadOnlyList<CheckFinding>> RepairAsync(IProgress<OperationProgress> progress, CancellationToken cancellation) =>
        throw Failure.Now("mychat check --repair needs a stopped server: stop it first");

    public async Task ExportAsync(string name, bool isWhole, Stream output, CancellationToken cancellation)
    {
        using var http = Connect();
        await using var input = await GetAsync(http, $"export?name={Uri.EscapeDataString(name)}&isWhole={isWhole}", cancellation);
        await ReceiveAsync(async () =>
        {
            await input.CopyToAsync(output, cancellation);
            return true;
        });
    }

    public async Task<ImportSummary> ImportAsync(Stream input, CancellationToken cancellation)
    {
        using var http = Connect();
        using var content = new StreamContent(input);
        using var response = await SendAsync(() => http.PostAsync("import", content, cancellation));
        return await ReadAsync<ImportSummary>(response, cancellation);
    }

    public async Task<UserDetails> ShowAsync(string name, CancellationToken cancellation)
    {
        using var http = Connect();
        using var response = await SendAsync(() => http.GetAsync($"user/show?name={Uri.EscapeDataString(name)}", cancellation));
        return await ReadAsync<UserDetails>(response, cancellation);
    }

    public async Task<PruneProgress> PruneAsync(HistoryPrune prune, IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        using var http = Connect();
        using var request = new HttpRequestMessage(HttpMethod.Post, "history/prune") { Content = JsonContent.Create(prune) };
        await using var input = await OpenAsync(http, request, cancellation);
        return await ListenAsync<PruneProgress>(input, progress, cancellation);
    }

    private HttpClient Connect()
    {
        var http = ControlSocket.Connect(path);
        http.Timeout = Timeout.InfiniteTimeSpan; // as long as it takes; who waits can interrupt it
        return http;
    }

    private static async Task<Stream> GetAsync(HttpClient http, string what, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, what);
        return await OpenAsync(http, request, cancellation);
    }

    private static async Task<Stream> OpenAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellation)
    {
        var response = await SendAsync(() => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation));
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStreamAsync(cancellation) : throw await RefusalAsync(response, cancellation);
    }

    private static async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            return await send();
        }
        catch (HttpRequestException broken)
        {
            // What an input refused comes wrapped in what the connection made of it.
            throw broken.InnerException as Failure ?? Failure.Now("the server ended before it answered");
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation) =>
        response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<T>(cancellation) is { } answer
            ? answer : throw await RefusalAsync(response, cancellation);

    private static async Task<Failure> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var reason = response.Content.Headers.ContentType?.MediaType == "text/plain" ? await response.Content.ReadAsStringAsync(cancellation) : "";
        return Failure.Now(reason.Length > 0 ? reason : $"the server could not do it (HTTP {(int)response.StatusCode}); its log tells more");
    }

    /// <summary>Passes the reports of progress on, up to the result.</summary>
    private static Task<T> ListenAsync<T>(Stream input, IProgress<OperationProgress> progress, CancellationToken cancellation) => ReceiveAsync(async () =>
    {
        await foreach (var line in JsonSerializer.DeserializeAsyncEnumerable<ProgressLine<T>>(input, topLevelValues: true, JsonSerializerOptions.Web, cancellation))
        {
            if (line?.Result is [var result])
            {
                return result;
            }

            progress.Report(line?.Progress ?? default);
        }

        throw Failure.Now("the server broke off in the middle; its log tells more");
    });

    /// <summary>A server that breaks off says why in its log: here only the connection ends.</summary>
    private static async Task<T> ReceiveAsync<T>(Func<Task<T>> receive)
    {
        try
        {
            return await receive();
        }
        catch (Exception broken) when (broken is HttpIOException or JsonException)
        {
            throw Failure.Now("the server broke off in the middle; its log tells more");
        }
    }
}

/// <summary>A line of an answer that takes a while: how far it is, or at last the one result.</summary>
internal sealed record ProgressLine<T>(OperationProgress? Progress, IReadOnlyList<T>? Result);
