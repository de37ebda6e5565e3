using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;
using MyChat.Client.Connections;

namespace MyChat.Bench.Scenarios;

/// <summary>
/// The flows of a run, and the books that must balance in the end: what was sent has arrived, once, in order, unchanged, and is acknowledged.
/// </summary>
/// <param name="patience">How long nothing more may arrive before the rest is given up.</param>
internal sealed class Ledger(IReadOnlyList<Flow> flows, IReadOnlyList<Session> senders, TimeSpan patience)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private string? _failure;

    public IReadOnlyList<Flow> Flows => flows;

    public long Sent => flows.Sum(flow => flow.Sent);

    public long Received => flows.Sum(flow => flow.Received);

    /// <summary>Where times go from now on; null for nowhere.</summary>
    public void Record(Histogram? latency)
    {
        foreach (var flow in flows)
        {
            flow.Latency = latency;
        }
    }

    /// <summary>No more is sent.</summary>
    public void Stop()
    {
        foreach (var flow in flows)
        {
            flow.Stop();
        }
    }

    /// <summary>Waits until all has arrived and is acknowledged; false when it does not, for a reason that <see cref="Tell"/> tells.</summary>
    public async Task<bool> SettleAsync()
    {
        try
        {
            await ArrivalAsync();
            if (_failure is null)
            {
                await Task.WhenAll(senders.Select(sender => sender.ConfirmAsync()));
            }
        }
        catch (Exception lost) when (lost is XmppException or TimeoutException)
        {
            _failure ??= $"not all was acknowledged: {lost.Message}";
        }
        return _failure is null;
    }

    /// <summary>Tells what went wrong, in numbers; true when nothing did.</summary>
    public bool Tell(Report report)
    {
        var flaws = 0L;
        foreach (var (flaw, count) in ((string, long)[])
        [
            ("lost", flows.Sum(flow => flow.Sent - flow.Received)), ("duplicates", flows.Sum(flow => flow.Duplicates)),
            ("disordered", flows.Sum(flow => flow.Disordered)), ("altered", flows.Sum(flow => flow.Altered)),
            ("errors", flows.Sum(flow => flow.Errors)), ("unacknowledged", senders.Sum(sender => (long)sender.Unacknowledged)),
        ])
        {
            report.Say(flaw, count);
            flaws += count;
        }
        if (_failure is not null)
        {
            report.Say("failure", _failure);
        }
        return _failure is null && flaws == 0;
    }

    private async Task ArrivalAsync()
    {
        var (seen, since) = (Received, TimeProvider.System.GetTimestamp());
        while (Received < Sent)
        {
            await Task.Delay(Glance);
            if (senders.FirstOrDefault(sender => sender.Fault is not null) is { } ended)
            {
                _failure = $"{ended.Bare}: {ended.Fault}";
                return;
            }
            if (Received != seen)
            {
                (seen, since) = (Received, TimeProvider.System.GetTimestamp());
            }
            else if (TimeProvider.System.GetElapsedTime(since) > patience)
            {
                _failure = $"nothing more had arrived for {patience.TotalSeconds} s";
                return;
            }
        }
    }
}
