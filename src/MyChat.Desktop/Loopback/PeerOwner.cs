using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MyChat.Desktop.Loopback;

/// <summary>
/// Whose program is at the other end of a loopback connection, where the system tells (Linux). Other users can read a browser's command line, and so
/// the ticket in it.
/// </summary>
internal static class PeerOwner
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int UserColumn = 7;

    /// <summary>Whether the peer is known to be a program of another user; root is nobody's stranger.</summary>
    /// <param name="peer">The peer's end of the connection.</param>
    /// <param name="own">This end.</param>
    public static bool IsStranger(IPEndPoint peer, IPEndPoint own)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var table = File.ReadLines(peer.AddressFamily == AddressFamily.InterNetworkV6 ? "/proc/net/tcp6" : "/proc/net/tcp");
            var user = Find(table, peer, own);
            // "Uid:", then the real, effective, saved and file system ids.
            var mine = File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2];
            return user is not (null or 0) && user != uint.Parse(mine, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            return false; // A system that does not tell. The ticket is still needed.
        }
    }

    /// <summary>The user who has the peer's socket, by a table of proc(5), or null.</summary>
    internal static uint? Find(IEnumerable<string> table, IPEndPoint peer, IPEndPoint own)
    {
        var (local, remote) = (Format(peer), Format(own));
        return table
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > UserColumn && columns[LocalColumn] == local && columns[RemoteColumn] == remote)
            .Select(columns => (uint?)uint.Parse(columns[UserColumn], CultureInfo.InvariantCulture))
            .FirstOrDefault();
    }

    // The address in words of 32 bits in the machine's own order, the port as a number.
    private static string Format(IPEndPoint end)
    {
        var bytes = end.Address.GetAddressBytes();
        var words = Enumerable.Range(0, bytes.Length / 4)
            .Select(i => BitConverter.IsLittleEndian
                ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * 4))
                : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i * 4)));
        return string.Concat(words.Select(word => word.ToString("X8", CultureInfo.InvariantCulture)))
            + ":" + end.Port.ToString("X4", CultureInfo.InvariantCulture);
    }
}
