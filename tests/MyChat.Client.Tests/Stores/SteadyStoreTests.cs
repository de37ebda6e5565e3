using CsCheck;
using MyChat.Client.Conversations;
using MyChat.Client.Stores;
using MyChat.Testing.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Tests.Stores;

/// <summary>While the store beneath refuses, the contract holds just the same.</summary>
public sealed class SteadyStoreOverARefusingStoreTests : ClientStoreContract
{
    protected override Task<IClientStore> OpenNewAsync()
    {
        var store = new SteadyStore(new RefusingStore { Refuses = true }, () => { }) { MustRead = false };
        return Task.FromResult<IClientStore>(store);
    }
}

/// <summary>While changes wait for one commit, the contract holds just the same.</summary>
public sealed class SteadyStoreCommittingTogetherTests : ClientStoreContract
{
    protected override Task<IClientStore> OpenNewAsync()
    {
        var store = new SteadyStore(new MemoryStore(), () => { });
        store.CommitTogether();
        return Task.FromResult<IClientStore>(store);
    }
}

public sealed class SteadyStoreTests
{
    private static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");

    [Fact]
    public async Task What_was_refused_is_written_once_the_store_takes_it_and_the_fault_is_told_both_times()
    {
        var inner = new RefusingStore { Refuses = true };
        var told = 0;
        var store = new SteadyStore(inner, () => told++);
        await store.CommitAsync(Batch(1, 1), default);
        await store.CommitAsync(Batch(1, 2), default);
        Assert.Equal(("No room.", 1), (store.Fault, told));

        inner.Refuses = false;
        await store.TryAgainAsync(default);
        Assert.Equal((null, 2), (store.Fault, told));
        var kept = await inner.ReadMessagesAsync(Juliet, 0, long.MaxValue, 10, fromStart: true, default);
        Assert.Equal("2", Assert.Single(kept).Body);
    }

    [Fact]
    public async Task What_is_committed_together_is_seen_at_once_and_is_one_commit()
    {
        var inner = new RefusingStore();
        var store = new SteadyStore(inner, () => { });
        await using (store.CommitTogether())
        {
            await store.CommitAsync(Batch(1, 1), default);
            await store.CommitAsync(Batch(2, 2), default);
            await store.CommitAsync(new StoreBatch { DeletedMessages = { "1" } }, default);
            Assert.Equal(2, Assert.Single(await Orders(store, 0, fromStart: true)));
            Assert.Equal(0, inner.Commits);
        }
        Assert.Equal(2, Assert.Single(await Orders(inner, 0, fromStart: true)));
        Assert.Equal(1, inner.Commits);
        await using (store.CommitTogether())
        {
        }
        Assert.Equal(1, inner.Commits);
    }

    [Fact]
    public async Task What_is_committed_together_and_refused_is_owed()
    {
        var inner = new RefusingStore { Refuses = true };
        var store = new SteadyStore(inner, () => { });
        await using (store.CommitTogether())
        {
            await store.CommitAsync(Batch(1, 1), default);
            Assert.Null(store.Fault);
        }
        Assert.Equal("No room.", store.Fault);
        Assert.Equal(1, Assert.Single(await Orders(store, 0, fromStart: true)));
        inner.Refuses = false;
        await store.TryAgainAsync(default);
        Assert.Equal(1, Assert.Single(await Orders(inner, 0, fromStart: true)));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_at_the_start_is_an_error()
    {
        var store = new SteadyStore(new RefusingStore { RefusesToRead = true }, () => { });
        await Assert.ThrowsAsync<StoreException>(() => store.ReadQueuedAsync(default).AsTask());
    }

    [Fact]
    public void Whatever_is_refused_in_between_a_reader_sees_what_one_of_a_sound_store_sees() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 5], Gen.Int[0, 9], Gen.Bool, Gen.Bool).Array[1, 30].Sample(steps => Run(steps).GetAwaiter().GetResult());

    private static async Task Run((bool Refuses, int Key, int Order, bool IsMine, bool Deletes)[] steps)
    {
        var (inner, model) = (new RefusingStore(), new MemoryStore());
        var store = new SteadyStore(inner, () => { });
        foreach (var step in steps)
        {
            inner.Refuses = step.Refuses;
            var batch = step.Deletes ? new StoreBatch { DeletedMessages = { $"{step.Key}" } } : Batch(step.Key, step.Order, step.IsMine);
            await store.CommitAsync(batch, default);
            await model.CommitAsync(batch, default);
            for (var place = -1; place < 10; place++)
            {
                Assert.Equal(await model.CountReceivedAsync(Juliet, place, default), await store.CountReceivedAsync(Juliet, place, default));
                Assert.Equal(await Orders(model, place, fromStart: true), await Orders(store, place, fromStart: true));
                Assert.Equal(await Orders(model, place, fromStart: false), await Orders(store, place, fromStart: false));
            }
            Assert.Equal(
                (await model.ReadQueuedAsync(default)).Select(message => message.Order), (await store.ReadQueuedAsync(default)).Select(message => message.Order));
            Assert.Equal(await model.FindByKeyAsync("3", default), await store.FindByKeyAsync("3", default));
            Assert.Equal((await model.FindByIdAsync(Juliet, "3", default)).Count, (await store.FindByIdAsync(Juliet, "3", default)).Count);
        }
    }

    private static async Task<long[]> Orders(IClientStore store, long place, bool fromStart) =>
        [.. (await store.ReadMessagesAsync(Juliet, place, 9, 3, fromStart, default)).Select(message => message.Order)];

    private static StoreBatch Batch(int key, int order, bool isMine = false) => new()
    {
        Messages =
        {
            new ChatMessage($"{key}", Juliet, order)
            {
                IsMine = isMine,
                Body = $"{order}",
                State = isMine ? MessageState.Queued : MessageState.Received,
                Time = DateTimeOffset.UnixEpoch,
                Id = $"{order}",
            },
        },
    };
}
