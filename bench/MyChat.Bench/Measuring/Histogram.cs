using System.Diagnostics;
using System.Numerics;

namespace MyChat.Bench.Measuring;

/// <summary>
/// Times, counted in buckets that are at most 1.6 % wide: 64 for each doubling of a microsecond's tenth. Adding is cheap, and safe from
/// several threads.
/// </summary>
internal sealed class Histogram
{
    private const int SubBits = 6;
    private const int SubCount = 1 << SubBits;
    private const double UnitsPerMillisecond = 10_000;

    private readonly long[] _counts = new long[(64 - SubBits + 1) << SubBits];
    private long _max;

    public long Count => _counts.Sum();

    public double MaxMilliseconds => _max / UnitsPerMillisecond;

    /// <summary>Adds a time in ticks of <see cref="Stopwatch"/>; what is negative counts as nothing.</summary>
    public void Add(long ticks)
    {
        var value = Math.Max(0, (long)(ticks * (UnitsPerMillisecond * 1000 / Stopwatch.Frequency)));
        Interlocked.Increment(ref _counts[IndexOf(value)]);
        for (var max = Interlocked.Read(ref _max); value > max; max = Interlocked.Read(ref _max))
        {
            Interlocked.CompareExchange(ref _max, value, max);
        }
    }

    /// <summary>The time that such a share of all stays within: 0.5 is the median. 0 when there are none.</summary>
    public double Milliseconds(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= wanted)
            {
                return Math.Min(_max, UpperEnd(index)) / UnitsPerMillisecond;
            }
        }
        return 0;
    }

    private static int IndexOf(long value)
    {
        if (value < SubCount)
        {
            return (int)value;
        }
        var exponent = BitOperations.Log2((ulong)value) - SubBits;
        return ((exponent + 1) << SubBits) + (int)((value >> exponent) - SubCount);
    }

    private static double UpperEnd(int index)
    {
        if (index < SubCount)
        {
            return index;
        }
        var exponent = (index >> SubBits) - 1;
        return ((long)((index & (SubCount - 1)) + SubCount + 1) << exponent) - 1;
    }
}
