using System.Diagnostics;
using System.Globalization;
using System.Text;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Stores;

namespace MyChat.StoreBench;

/// <summary>Messages from one account to another, so many under way at a time.</summary>
internal sealed class CommitMeasurement
{
    private const int Bytes = 300;

    private readonly IMailboxStore _mailboxes;
    private readonly (long Sender, long Recipient) _accounts;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<double> _milliseconds = [];
    private volatile bool _isOver;
    private int _underWay;

    private CommitMeasurement(IMailboxStore mailboxes, (long Sender, long Recipient) accounts) => (_mailboxes, _accounts) = (mailboxes, accounts);

    /// <summary>A line of key=value.</summary>
    public static async Task<string> RunAsync(BenchDatabase database, int outstanding, TimeSpan time)
    {
        var accounts = (await database.CreateAccountAsync($"sender{outstanding}"), await database.CreateAccountAsync($"recipient{outstanding}"));
        var mailboxes = new MailboxStore(database.Database);
        await new CommitMeasurement(mailboxes, accounts).LastAsync(outstanding, TimeSpan.FromSeconds(2)); // statements are prepared, code is compiled

        var measured = new CommitMeasurement(mailboxes, accounts);
        var (own, server, watch) = (Environment.CpuUsage.TotalTime, database.ServerSeconds(), Stopwatch.StartNew());
        await measured.LastAsync(outstanding, time);
        own = Environment.CpuUsage.TotalTime - own;
        server = database.ServerSeconds() - server;

        var sorted = measured._milliseconds.Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"outstanding={outstanding} messages={sorted.Count} per_second={sorted.Count / watch.Elapsed.TotalSeconds:0} "
            + $"cpu_us_per_message={own.TotalMicroseconds / sorted.Count:0.0} database_cpu_us_per_message={server * 1e6 / sorted.Count:0.0} "
            + $"latency_ms_p50={At(0.5):0.00} p95={At(0.95):0.00} p99={At(0.99):0.00} max={sorted[^1]:0.00}");

        double At(double share) => sorted[(int)(share * (sorted.Count - 1))];
    }

    private async Task LastAsync(int outstanding, TimeSpan time)
    {
        _underWay = outstanding;
        for (var i = 0; i < outstanding; i++)
        {
            _mailboxes.Append(new Message(this));
        }
        await Task.Delay(time);
        _isOver = true;
        await _drained.Task;
    }

    // The store tells one after the other, on the writer's thread.
    private void Committed(double milliseconds)
    {
        _milliseconds.Add(milliseconds);
        if (!_isOver)
        {
            _mailboxes.Append(new Message(this));
        }
        else if (--_underWay == 0)
        {
            _drained.TrySetResult();
        }
    }

    private sealed class Message : MailboxWrite
    {
        private static readonly byte[] Text = Encoding.UTF8.GetBytes(
            $"<message type='chat'><body>{new string('x', Bytes - "<message type='chat'><body></body></message>".Length)}</body></message>");

        private readonly CommitMeasurement _measurement;
        private readonly long _since = Stopwatch.GetTimestamp();

        public Message(CommitMeasurement measurement)
        {
            _measurement = measurement;
            Sides = MailboxSides.Recipient | MailboxSides.Sender;
            (SenderAccount, RecipientAccount) = measurement._accounts;
            Stamp = TimeProvider.System.GetUtcNow();
            Stanza = Text;
        }

        public override void Committed() => _measurement.Committed(Stopwatch.GetElapsedTime(_since).TotalMilliseconds);

        public override void Failed(Exception reason) => _measurement._drained.TrySetException(reason);
    }
}
