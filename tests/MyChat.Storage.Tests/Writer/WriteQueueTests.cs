using MyChat.Storage.Writer;

namespace MyChat.Storage.Tests.Writer;

/// <summary>Writes that may wait for others to be committed with.</summary>
public sealed class WriteQueueTests
{
    [Fact]
    public async Task What_may_wait_goes_with_what_comes_next_in_order()
    {
        var queue = new WriteQueue(TimeSpan.FromDays(1));
        var (first, second, urgent) = (Command(mayWait: true), Command(mayWait: true), Command(mayWait: false));
        var taking = Task.Run(() => Take(queue), TestDatabase.Token);
        Assert.True(queue.TryAdd(first));
        Assert.True(queue.TryAdd(second));
        Assert.True(queue.TryAdd(urgent));
        Assert.Equal([first, second, urgent], await taking);
    }

    [Fact]
    public void What_may_wait_goes_alone_when_its_time_has_come()
    {
        var queue = new WriteQueue(TimeSpan.FromMilliseconds(1));
        var command = Command(mayWait: true);
        queue.TryAdd(command);
        Assert.Equal([command], Take(queue));
    }

    [Fact]
    public void A_batch_of_what_may_wait_goes_at_once_and_so_does_what_is_left_at_the_end()
    {
        var queue = new WriteQueue(TimeSpan.FromDays(1));
        for (var i = 0; i < WriteQueue.BatchWrites + 1; i++)
        {
            queue.TryAdd(Command(mayWait: true));
        }
        Assert.Equal(WriteQueue.BatchWrites, Take(queue).Count);
        queue.Stop();
        Assert.Single(Take(queue));
    }

    private static WriteCommand<bool> Command(bool mayWait) => new(_ => true, needsMailboxes: false, bytes: 0) { MayWait = mayWait };

    private static List<object> Take(WriteQueue queue)
    {
        var batch = new List<BatchEntry>();
        Assert.True(queue.Take(batch));
        queue.Release(batch);
        return [.. batch.Select(entry => entry.Item)];
    }
}
