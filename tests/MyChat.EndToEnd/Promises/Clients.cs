using MyChat.Client.Connections;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Promises;

/// <summary>Connections to the real program.</summary>
internal static class Clients
{
    public const string Domain = "verona.lit";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Direct TLS, log-in, and what it asks for of stream management.</summary>
    public static async Task<XmppConnection> LogInAsync(ServerProcess server, LogIn logIn)
    {
        using var patience = new CancellationTokenSource(Patience);
        // Acknowledgements are asked for by the tests alone: only then is known what the last one covered.
        var options = new ConnectionOptions { Domain = Domain, AcknowledgeEvery = 0 };
        var connection = await XmppConnection.OpenAsync(server.Connect(PlayTransport.Tls).Transport, options, patience.Token);
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
