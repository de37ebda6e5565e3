using MyChat.Client.Connections;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Promises;

/// <summary>Connections to the real program.</summary>
internal static class Clients
{
    public const string Domain = "verona.lit";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Direct TLS, or none where the server allows it; log-in, and what it asks for of stream management.</summary>
    public static async Task<XmppConnection> LogInAsync(ServerProcess server, LogIn logIn)
    {
        using var patience = new CancellationTokenSource(Patience);
        // Acknowledgements are asked for by the tests alone: only then is known what the last one covered.
        var options = new ConnectionOptions { Domain = Domain, AcknowledgeEvery = 0, AllowPlaintext = server.AllowsPlaintext };
        var transport = server.Connect(server.AllowsPlaintext ? PlayTransport.Plain : PlayTransport.Tls).Transport;
        var connection = await XmppConnection.OpenAsync(transport, options, patience.Token);
        try
        {
            await connection.LogInAsync(logIn, patience.Token);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
