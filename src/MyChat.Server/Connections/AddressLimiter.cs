using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MyChat.Server.Connections;

/// <summary>
/// Counts events per IPv4 address or IPv6 /64 in windows of fixed length. Memory is bounded: a finished window is forgotten, and past
/// <see cref="MostAddresses"/> the whole table starts anew (a flood from that many addresses is not stopped by counting them).
/// </summary>
public sealed class AddressLimiter(int most, TimeSpan window, TimeProvider time)
{
    private const int MostAddresses = 100_000;
    private readonly ConcurrentDictionary<UInt128, Count> _counts = new();
    private long _sweptAt = time.GetTimestamp();

    private sealed class Count(long startedAt)
    {
        public long StartedAt = startedAt;
        public int Events;
    }

    /// <summary>Whether this address has used up its events; 0 as the limit never has.</summary>
    public bool IsExhausted(IPAddress address) =>
        most > 0 && _counts.TryGetValue(Key(address), out var count) && !IsOver(count) && Volatile.Read(ref count.Events) >= most;

    /// <summary>Counts an event; false when there were too many before it.</summary>
    public bool TryAdd(IPAddress address)
    {
        if (most <= 0)
        {
            return true;
        }
        Sweep();
        var now = time.GetTimestamp();
        var count = _counts.GetOrAdd(Key(address), static (_, now) => new Count(now), now);
        if (IsOver(count))
        {
            count.StartedAt = now;
            Volatile.Write(ref count.Events, 0);
        }
        return Interlocked.Increment(ref count.Events) <= most;
    }

    /// <summary>Takes one counted event back: what was allowed did not happen.</summary>
    public void Undo(IPAddress address)
    {
        if (_counts.TryGetValue(Key(address), out var count))
        {
            Interlocked.Decrement(ref count.Events);
        }
    }

    private bool IsOver(Count count) => time.GetElapsedTime(count.StartedAt) >= window;

    private void Sweep()
    {
        if (_counts.Count > MostAddresses)
        {
            _counts.Clear();
        }
        if (time.GetElapsedTime(Interlocked.Read(ref _sweptAt)) < window)
        {
            return;
        }
        Interlocked.Exchange(ref _sweptAt, time.GetTimestamp());
        foreach (var (key, count) in _counts)
        {
            if (IsOver(count))
            {
                _counts.TryRemove(key, out _);
            }
        }
    }

    private static UInt128 Key(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            bytes[8..].Clear();
        }
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
