using System.Diagnostics;
using MyChat.Bench.Measuring;

namespace MyChat.Bench.Scenarios;

/// <summary>How long the disk takes to keep something: what durable servers on it can be expected to do.</summary>
internal static class Disk
{
    private static readonly byte[] Block = new byte[4096];
    private const long Wrap = 64 << 20;

    public static async Task<bool> RunAsync(Run run)
    {
        var (alone, late) = (new Histogram(), new Histogram());
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
            for (var over = run.WaitAsync(run.Options.Time / 2); !over.IsCompleted;)
            {
                var began = Stopwatch.GetTimestamp();
                await KeepAsync(file);
                alone.Add(Stopwatch.GetTimestamp() - began);
            }
            await KeepWhatIsDueAsync(run, file, late);
        }
        run.Report.Say("syncs", alone.Count);
        run.Report.Say("sync", alone);
        run.Report.Say("rate", run.Options["rate"]);
        run.Report.Say("due_to_synced", late);
        return true;
    }

    // What a server that does nothing else would take: a stall of the disk is charged with all that falls due meanwhile.
    private static async Task KeepWhatIsDueAsync(Run run, FileStream file, Histogram late)
    {
        var (start, kept) = (Stopwatch.GetTimestamp(), 0L);
        for (var over = run.WaitAsync(run.Options.Time / 2); !over.IsCompleted;)
        {
            var due = (Stopwatch.GetTimestamp() - start) * run.Options["rate"] / Stopwatch.Frequency;
            if (due == kept)
            {
                Thread.Sleep(TimeSpan.FromMicroseconds(100));
                continue;
            }
            await KeepAsync(file);
            for (var now = Stopwatch.GetTimestamp(); kept < due; kept++)
            {
                late.Add(now - (start + ((kept + 1) * Stopwatch.Frequency / run.Options["rate"])));
            }
        }
    }

    private static async Task KeepAsync(FileStream file)
    {
        await file.WriteAsync(Block);
        file.Flush(flushToDisk: true);
        file.Position %= Wrap;
    }
}
