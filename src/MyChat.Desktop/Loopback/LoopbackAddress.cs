using System.Globalization;

namespace MyChat.Desktop.Loopback;

/// <summary>Where the window finds its page. The name is this run's alone: cookies reach every port of a host, but no other host.</summary>
internal sealed record LoopbackAddress(string Host, int Port)
{
    /// <summary>What stands in the Host header.</summary>
    public string Authority { get; } = string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    public string Origin => "http://" + Authority;

    /// <summary>The same for WebSockets; <c>'self'</c> in a policy does not mean it in every browser.</summary>
    public string SocketOrigin => "ws://" + Authority;
}
