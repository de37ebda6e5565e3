using System.Net;
using System.Net.Sockets;
using MyChat.Desktop.Loopback;

namespace MyChat.Desktop.Instances;

/// <summary>The program that already runs on the data folder, seen from a second one.</summary>
internal static class FirstInstance
{
    /// <summary>How long a program that has the lock may take until it answers: it may be starting, or ending.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Has it show its window; false when it does not answer.</summary>
    /// <param name="hasEnded">Whether it ended meanwhile.</param>
    public static async Task<bool> ShowAsync(string addressFile, Func<bool> hasEnded, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < Patience && !hasEnded())
        {
            if (AddressFile.Read(addressFile) is var (address, control) && await AskAsync(address, control, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private static async Task<bool> AskAsync(Uri address, string control, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, Gate.ShowPath));
        request.Headers.Add("Authorization", ControlSecret.HeaderOf(control));
        request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Not every system knows names under localhost.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
