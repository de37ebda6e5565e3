using System.Globalization;
using System.Security.Cryptography;
using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;

namespace MyChat.Bench.Scenarios;

/// <summary>One run: what it is to do, who takes part, and where it tells.</summary>
internal sealed class Run(BenchOptions options, Report report, TextWriter errors, CancellationToken stop) : IAsyncDisposable
{
    /// <summary>Percent of a core from which on the generator may be what is measured.</summary>
    private const double NearOneCore = 85;

    private const int ProgressSeconds = 5;
    private const double Microseconds = 1_000_000;

    private readonly ProcessMeter _database = new(options.DatabasePid);

    public BenchOptions Options => options;
    public Report Report => report;
    public Crowd Crowd { get; } = new(options);
    public ProcessMeter Server { get; } = new(options.Pid);
    public CancellationToken Stop => stop;
    public bool IsStopped => stop.IsCancellationRequested;

    /// <summary>Tells the messages of this run from those that an earlier one left behind.</summary>
    public string Id { get; } = "r" + RandomNumberGenerator.GetHexString(10, lowercase: true);

    /// <summary>Progress, for who watches.</summary>
    public void Tell(string what) => errors.WriteLine($"{options.Scenario.Name}: {what}");

    /// <summary>Waits, or less when the run is ended early.</summary>
    public Task WaitAsync(TimeSpan time) => Task.Delay(time, stop).ContinueWith(_ => { }, TaskScheduler.Default);

    public Measurement Begin(Func<long> count) => Measurement.Begin(Server, _database, count, TellProgress);

    /// <summary>Measures for as long as the options say.</summary>
    public async Task<Measured> MeasureAsync(Func<long> count, TimeSpan time)
    {
        var measurement = Begin(count);
        await WaitAsync(time);
        return await measurement.EndAsync();
    }

    /// <summary>Tells what it cost.</summary>
    /// <param name="unit">What was counted: "message".</param>
    /// <param name="prefix">Begins the keys, where a run has several stretches.</param>
    public void Say(Measured measured, string unit, string prefix = "")
    {
        var count = Math.Max(1, measured.Count);
        var seconds = Math.Max(measured.Seconds, double.Epsilon);
        report.Courses.Add(new(prefix == "" ? unit : $"{prefix}{unit}", measured.Course));
        if (Server.IsThere)
        {
            report.Say($"{prefix}cpu_us_per_{unit}", measured.ServerSeconds * Microseconds / count);
            report.Say($"{prefix}cpu_percent", measured.ServerSeconds * 100 / seconds);
            report.Say($"{prefix}rss_kb", Server.ResidentKilobytes());
        }
        if (_database.IsThere)
        {
            report.Say($"{prefix}database_cpu_us_per_{unit}", measured.DatabaseSeconds * Microseconds / count);
        }
        var own = measured.OwnSeconds * 100 / seconds;
        report.Say($"{prefix}own_cpu_us_per_{unit}", measured.OwnSeconds * Microseconds / count);
        report.Say($"{prefix}own_cpu_percent", own);
        if (own >= NearOneCore)
        {
            var warning = string.Create(
                CultureInfo.InvariantCulture, $"the generator itself used {own:0} % of a core: it may be what was measured");
            report.Say($"{prefix}warning", warning);
            Tell($"warning: {warning}");
        }
    }

    public ValueTask DisposeAsync() => Crowd.DisposeAsync();

    private void TellProgress(double seconds, double perSecond)
    {
        if ((int)Math.Round(seconds) % ProgressSeconds == 0)
        {
            Tell(string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s, {perSecond:0}/s"));
        }
    }
}
