using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace MyChat.Host.Control;

/// <summary>The accounts of a server that runs, over its control socket.</summary>
internal sealed class ControlClient : IUsers, IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly string _path;

    private ControlClient(string path) => (_path, _http) = (path, ControlSocket.Connect(path));

    /// <summary>The data of the same server.</summary>
    public ControlMaintenance Maintenance => new(_path);

    /// <summary>Connects to the server of a data directory, and tells how it is; null when none answers.</summary>
    /// <exception cref="Failure">One runs, but this user may not talk to it.</exception>
    public static async Task<(ControlClient Client, ServerStatus Status)?> TryConnectAsync(string dataDirectory, CancellationToken cancellation)
    {
        if (ControlSocket.Find(dataDirectory) is not { } path)
        {
            return null;
        }

        var client = new ControlClient(path);
        try
        {
            return (client, await Read<ServerStatus>(await client._http.GetAsync("status", cancellation), cancellation));
        }
        catch (HttpRequestException refused)
        {
            client._http.Dispose();
            return refused.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied }
                ? throw Failure.Now($"{path}: this user may not talk to the server; expected the user that runs it, or root")
                : null;
        }
    }

    /// <summary>The process that serves a data directory; null when none answers.</summary>
    public static async Task<int?> FindProcessAsync(string dataDirectory, CancellationToken cancellation)
    {
        if (await TryConnectAsync(dataDirectory, cancellation) is not { } server)
        {
            return null;
        }

        await server.Client.DisposeAsync();
        return server.Status.Process;
    }

    public Task<UserAnswer> AddAsync(string name, string password, CancellationToken cancellation) =>
        Post("user/add", new UserRequest(name, password), cancellation);

    public Task<UserAnswer> SetPasswordAsync(string name, string password, CancellationToken cancellation) =>
        Post("user/passwd", new UserRequest(name, password), cancellation);

    public Task<UserAnswer> DeleteAsync(string name, CancellationToken cancellation) =>
        Post("user/delete", new UserRequest(name), cancellation);

    public async IAsyncEnumerable<UserLine> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in _http.GetFromJsonAsAsyncEnumerable<UserLine>("user/list", cancellation))
        {
            yield return line!; // the server sends objects only
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<UserAnswer> Post(string path, UserRequest request, CancellationToken cancellation)
    {
        try
        {
            return await Read<UserAnswer>(await _http.PostAsJsonAsync(path, request, cancellation), cancellation);
        }
        catch (HttpRequestException)
        {
            throw Failure.Now("the server ended before it answered; see with mychat user list what was done");
        }
    }

    private static async Task<T> Read<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        using (response)
        {
            return response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<T>(cancellation) is { } answer
                ? answer : throw Failure.Now($"the server could not do it (HTTP {(int)response.StatusCode}); its log tells more");
        }
    }
}
