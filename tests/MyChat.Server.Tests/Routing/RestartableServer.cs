using Microsoft.Extensions.DependencyInjection;
using MyChat.Server.Accounts;
using MyChat.Testing.Servers;

namespace MyChat.Server.Tests.Routing;

/// <summary>A server in this process that can be stopped and started again on the same data; its actors must have left before.</summary>
internal sealed class RestartableServer : PlayServer
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mychat-restart-").FullName;
    private readonly PlayTransport _transport;
    private TestServer _server = null!;

    private RestartableServer(PlayTransport transport) => _transport = transport;

    public override string Domain => _server.Domain;

    public static async Task<RestartableServer> StartAsync(PlayTransport transport = PlayTransport.Memory)
    {
        var server = new RestartableServer(transport);
        await server.StartAgainAsync();
        return server;
    }

    public async Task RestartAsync()
    {
        await _server.DisposeAsync();
        await StartAgainAsync();
    }

    public override PlayLink Connect(PlayTransport transport) => _server.Connect(transport);

    public override Task RegisterAsync(string localpart, string password) => _server.RegisterAsync(localpart, password);

    /// <summary>Removes an account, as an operator does.</summary>
    public Task DeleteAsync(string localpart) =>
        _server.Services.GetRequiredService<AccountRegistry>().DeleteAsync(localpart, CancellationToken.None).AsTask();

    public override void Advance(TimeSpan time) => _server.Advance(time);

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task StartAgainAsync() => _server = await TestServer.StartAsync(
        _transport, new TestServerOptions { Storage = storage => storage.DataDirectory = _directory });
}
