using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MyChat.Desktop.Tests.Loopback;

/// <summary>An answer, as it came.</summary>
internal sealed record RawAnswer(int Status, ILookup<string, string> Headers, string Body)
{
    public string? this[string header] => Headers[header].SingleOrDefault();

    /// <summary>The cookie that it sets, as it is sent back.</summary>
    public string Cookie => Headers["Set-Cookie"].Single().Split(';')[0];
}

/// <summary>Requests that no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request to the port of <paramref name="address"/> on 127.0.0.1. Header lines are sent as they are.</summary>
    public static async Task<RawAnswer> SendAsync(Uri address, string requestLine, params IEnumerable<string> headers)
    {
        using var timeout = new CancellationTokenSource(Patience.Long);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, timeout.Token);
        var stream = client.GetStream();
        var request = string.Join("\r\n", [requestLine, .. headers, "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), timeout.Token);
        // The connection stays open where a WebSocket was asked for.
        return await ReadAsync(stream, request.Contains("Connection: close", StringComparison.Ordinal), timeout.Token);
    }

    private static async Task<RawAnswer> ReadAsync(Stream stream, bool readsBody, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var status = await reader.ReadLineAsync(cancellationToken) ?? throw new EndOfStreamException("No answer.");
        var headers = new List<(string Name, string Value)>();
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add((line[..colon], line[(colon + 1)..].Trim()));
        }

        var code = int.Parse(status.Split(' ')[1], CultureInfo.InvariantCulture);
        var body = readsBody ? await reader.ReadToEndAsync(cancellationToken) : "";
        return new RawAnswer(code, headers.ToLookup(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), body);
    }
}
