using System.Net.Sockets;
using System.Text;

namespace MyChat.Host.Control;

/// <summary>Where the socket is on which commands reach the server of a data directory.</summary>
internal static class ControlSocket
{
    /// <summary>sockaddr_un holds 108 bytes on Linux and 104 elsewhere, with the terminating zero.</summary>
    private const int LongestPath = 100;

    public static string Name(string dataDirectory) => Path.Combine(dataDirectory, "mychat.sock");

    /// <summary>
    /// The path for a server to listen on: in the data directory, or, when that is too long for a socket's address, in the user's own runtime
    /// directory (private, unlike /tmp) with a link in the data directory. Null when neither will do.
    /// </summary>
    public static string? Place(string dataDirectory, string? runtimeDirectory)
    {
        var name = Name(dataDirectory);
        File.Delete(name); // what a killed server left: the lock is ours
        if (Encoding.UTF8.GetByteCount(name) <= LongestPath)
        {
            return name;
        }

        if (string.IsNullOrEmpty(runtimeDirectory) || !Directory.Exists(runtimeDirectory))
        {
            return null;
        }

        var place = Path.Combine(runtimeDirectory, $"mychat-{Environment.ProcessId}.sock");
        if (Encoding.UTF8.GetByteCount(place) > LongestPath)
        {
            return null;
        }

        File.Delete(place);
        File.CreateSymbolicLink(name, place);
        return place;
    }

    /// <summary>The path for a command to connect to, or null when there is no socket.</summary>
    public static string? Find(string dataDirectory)
    {
        var name = Name(dataDirectory);
        var path = new FileInfo(name).LinkTarget ?? name;
        return File.Exists(path) && Encoding.UTF8.GetByteCount(path) <= LongestPath ? path : null;
    }

    /// <summary>Speaks HTTP over the socket.</summary>
    public static HttpClient Connect(string path) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    { BaseAddress = new Uri("http://mychat/") };

    /// <summary>Takes the socket away again.</summary>
    public static void Remove(string dataDirectory, string path)
    {
        File.Delete(path);
        File.Delete(Name(dataDirectory));
    }
}
