using System.Collections.Concurrent;
using MyChat.Client.Connections;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Streams;

namespace MyChat.EndToEnd.Promises;

/// <summary>The time from one start of the server to its end, and how many messages it acknowledged in it.</summary>
internal sealed class Life(ServerProcess server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _calm = new();
    private readonly TaskCompletionSource _over = New();
    private readonly List<(int Count, TaskCompletionSource Reached)> _milestones = [];
    private int _acknowledged;

    public ServerProcess Server => server;

    /// <summary>No more is sent; what is under way is still answered.</summary>
    public CancellationToken Calm => _calm.Token;

    public int Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged;
            }
        }
    }

    /// <summary>The server acknowledged so many more messages.</summary>
    public void Acknowledge(int more)
    {
        lock (_gate)
        {
            _acknowledged += more;
            _milestones.RemoveAll(milestone => milestone.Count <= _acknowledged && milestone.Reached.TrySetResult());
        }
    }

    /// <summary>Completes when so many are acknowledged.</summary>
    public Task AcknowledgedAsync(int count)
    {
        lock (_gate)
        {
            if (_acknowledged >= count)
            {
                return Task.CompletedTask;
            }
            var reached = New();
            _milestones.Add((count, reached));
            return ExplainAsync(reached.Task, count);
        }
    }

    private async Task ExplainAsync(Task reached, int count)
    {
        try
        {
            await reached.WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            var ends = string.Join('\n', Ends.Select(end => $"{end.Key}: {end.Value}"));
            throw new TimeoutException($"Only {Acknowledged} of {count} messages were acknowledged.\n{ends}\n{server.Output}", late);
        }
    }

    public void CalmDown() => _calm.Cancel();

    /// <summary>The server is gone.</summary>
    public void End() => _over.TrySetResult();

    /// <summary>How the connections ended that this life ended, by who had them.</summary>
    public ConcurrentDictionary<string, XmppException> Ends { get; } = [];

    /// <summary>For those who lost their connection: that must be because the server is gone.</summary>
    public async Task ExpectEndAsync(string who, XmppException how)
    {
        Ends[who] = how;
        if (how is StreamErrorException { Condition: var condition } && condition != StreamErrorCondition.SystemShutdown)
        {
            throw new InvalidOperationException($"{who}: {how.Message}", how);
        }
        await _over.Task.WaitAsync(Patience);
    }

    public void Dispose() => _calm.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
