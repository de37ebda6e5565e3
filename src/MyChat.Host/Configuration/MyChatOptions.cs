using System.Net;
using MyChat.Server;
using MyChat.Storage;

namespace MyChat.Host.Configuration;

/// <summary>All that an operator sets: the server's own options and what only the program around it needs.</summary>
internal sealed class MyChatOptions
{
    public ServerOptions Server { get; } = new();
    public string DataDirectory { get; set; } = "./data";

    /// <summary>Where to listen for clients that begin TLS on the open stream; null is nowhere, as for the other listeners.</summary>
    public IPEndPoint? C2sListen { get; set; } = new(IPAddress.IPv6Any, 5222);

    public IPEndPoint? C2sListenTls { get; set; } = new(IPAddress.IPv6Any, 5223);
    public IPEndPoint? WebListen { get; set; } = new(IPAddress.Loopback, 5280);
    public IPEndPoint? WebListenTls { get; set; } = new(IPAddress.IPv6Any, 5443);

    /// <summary>PEM files; both are null when the server makes its own certificate.</summary>
    public string? TlsCertificate { get; set; }

    public string? TlsKey { get; set; }

    /// <summary>Which database; <see cref="ToStorage"/> adds where its files are.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>The listeners that are on, with the key that sets each.</summary>
    public IEnumerable<(string Key, IPEndPoint Address)> Listeners =>
        new (string Key, IPEndPoint? Address)[]
        {
            ("C2s:Listen", C2sListen), ("C2s:ListenTls", C2sListenTls), ("Web:Listen", WebListen), ("Web:ListenTls", WebListenTls),
        }
        .Where(listener => listener.Address is not null)
        .Select(listener => (listener.Key, listener.Address!)); // the line above leaves no null

    public StorageOptions ToStorage()
    {
        Storage.DataDirectory = DataDirectory;
        return Storage;
    }
}
