using System.Threading.Channels;

namespace MyChat.Storage.Search;

/// <summary>
/// Accounts in which somebody searched and much had to be read that is not indexed yet: their index is made before all others, however busy the server is,
/// for who searched once searches again.
/// </summary>
internal sealed class SearchDemand
{
    private const int Most = 1000; // who does not fit is asked for by the next search

    private readonly Channel<long> accounts = Channel.CreateBounded<long>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task? added;

    public bool IsThere => accounts.Reader.TryPeek(out _);

    /// <summary>Safe from anywhere, as nothing else here is.</summary>
    public void Add(long account) => accounts.Writer.TryWrite(account);

    public bool TryTake(out long account) => accounts.Reader.TryRead(out account);

    /// <summary>Waits until there is an account, or for so long.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellation)
    {
        added ??= accounts.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        await Task.WhenAny(added, Task.Delay(most, time, cancellation));
        cancellation.ThrowIfCancellationRequested();
        added = added.IsCompleted ? null : added;
    }
}
