using System.Diagnostics;
using MyChat.Bench.Measuring;

namespace MyChat.Bench.Scenarios;

/// <summary>How long the disk takes to keep something: what durable servers on it can be expected to do.</summary>
internal static class Disk
{
    private const int Bytes = 4096;
    private const long Wrap = 64 << 20;

    public static async Task<bool> RunAsync(Run run)
    {
        var times = new Histogram();
        var path = Path.Combine(Environment.CurrentDirectory, $".{run.Id}");
        var options = new FileStreamOptions
        {
            Access = FileAccess.Write,
            Mode = FileMode.CreateNew,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = Wrap,
        };
        await using (var file = new FileStream(path, options))
        {
            var block = new byte[Bytes];
            for (var over = run.WaitAsync(run.Options.Time); !over.IsCompleted;)
            {
                var began = Stopwatch.GetTimestamp();
                await file.WriteAsync(block);
                file.Flush(flushToDisk: true);
                times.Add(Stopwatch.GetTimestamp() - began);
                file.Position %= Wrap;
            }
        }
        run.Report.Say("syncs", times.Count);
        run.Report.Say("sync", times);
        return true;
    }
}
