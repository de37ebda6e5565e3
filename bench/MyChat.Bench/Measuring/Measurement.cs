using System.Diagnostics;

namespace MyChat.Bench.Measuring;

/// <summary>One point of a run's course.</summary>
internal readonly record struct Sample(double Seconds, double PerSecond, double ServerPercent, double OwnPercent, double ResidentKilobytes);

/// <summary>What a stretch of a run did and cost.</summary>
internal sealed record Measured(
    long Count, double Seconds, double ServerSeconds, double DatabaseSeconds, double OwnSeconds, IReadOnlyList<Sample> Course)
{
    public static Measured Nothing { get; } = new(0, 0, 0, 0, 0, []);

    /// <summary>This and a stretch that followed, as one.</summary>
    public Measured Append(Measured next) => new(
        Count + next.Count, Seconds + next.Seconds, ServerSeconds + next.ServerSeconds, DatabaseSeconds + next.DatabaseSeconds,
        OwnSeconds + next.OwnSeconds, [.. Course, .. next.Course.Select(sample => sample with { Seconds = sample.Seconds + Seconds })]);
}

/// <summary>Measures a stretch, from <see cref="Begin"/> to <see cref="EndAsync"/>, and once a second on the way.</summary>
internal sealed class Measurement
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ProcessMeter _server;
    private readonly ProcessMeter _database;
    private readonly Func<long> _count;
    private readonly Action<double, double> _progress;
    private readonly List<Sample> _course = [];
    private readonly TaskCompletionSource _over = new();
    private readonly Reading _first;
    private readonly Task _sampling;

    private Measurement(ProcessMeter server, ProcessMeter database, Func<long> count, Action<double, double> progress)
    {
        (_server, _database, _count, _progress) = (server, database, count, progress);
        _server.Refresh();
        _database.Refresh();
        _first = Read();
        _sampling = Task.Run(SampleAsync);
    }

    /// <param name="count">What is counted, so far.</param>
    /// <param name="progress">Is told, once a second, the seconds and how many came in the last.</param>
    public static Measurement Begin(ProcessMeter server, ProcessMeter database, Func<long> count, Action<double, double> progress) =>
        new(server, database, count, progress);

    public async Task<Measured> EndAsync()
    {
        var last = Read();
        _over.SetResult();
        await _sampling;
        return new Measured(
            last.Count - _first.Count, Stopwatch.GetElapsedTime(_first.Time, last.Time).TotalSeconds, last.Server - _first.Server,
            last.Database - _first.Database, last.Own - _first.Own, _course);
    }

    private async Task SampleAsync()
    {
        var before = _first;
        while (await Task.WhenAny(_over.Task, Task.Delay(Interval)) != _over.Task)
        {
            var now = Read();
            var seconds = Stopwatch.GetElapsedTime(before.Time, now.Time).TotalSeconds;
            var sample = new Sample(
                Stopwatch.GetElapsedTime(_first.Time, now.Time).TotalSeconds, (now.Count - before.Count) / seconds,
                (now.Server - before.Server) * 100 / seconds, (now.Own - before.Own) * 100 / seconds, _server.ResidentKilobytes());
            _course.Add(sample);
            _progress(sample.Seconds, sample.PerSecond);
            before = now;
        }
    }

    private Reading Read() => new(
        Stopwatch.GetTimestamp(), _count(), _server.ProcessorSeconds(), _database.ProcessorSeconds(), Environment.CpuUsage.TotalTime.TotalSeconds);

    private readonly record struct Reading(long Time, long Count, double Server, double Database, double Own);
}
