using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MyChat.Bench.Measuring;

/// <summary>Sleeps for less than a millisecond, which .NET's own sleep cannot; without it a pacer is late by more than a fast server takes.</summary>
internal static class ShortSleep
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <param name="ticks">Of <see cref="Stopwatch"/>. Never longer than 10 ms, so that whoever sleeps can be stopped.</param>
    public static void For(long ticks)
    {
        var nanoseconds = Math.Clamp(ticks * (double)NanosecondsPerSecond / Stopwatch.Frequency, 0, 10_000_000);
        if (OperatingSystem.IsWindows())
        {
            Thread.Sleep((int)(nanoseconds / 1_000_000));
            return;
        }
        var time = new TimeSpec { Nanoseconds = (nint)nanoseconds };
        _ = Nanosleep(ref time, 0);
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Nanosleep(ref TimeSpec time, nint remaining);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
