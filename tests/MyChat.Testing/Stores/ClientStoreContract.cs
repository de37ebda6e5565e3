using MyChat.Client.Conversations;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using Xunit;

namespace MyChat.Testing.Stores;

/// <summary>What every <see cref="IClientStore"/> keeps to. A test class of a store derives from it.</summary>
public abstract class ClientStoreContract
{
    protected static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");
    protected static readonly BareJid Nurse = BareJid.Parse("nurse@verona.lit");
    private static CancellationToken Cancel => CancellationToken.None;

    /// <summary>Opens a store with nothing in it.</summary>
    protected abstract Task<IClientStore> OpenNewAsync();

    /// <summary>Opens once more what another instance has kept and closed; null for a store that outlasts nothing.</summary>
    protected virtual Task<IClientStore>? OpenAgainAsync() => null;

    /// <summary>A message with everything that can be said of one.</summary>
    protected static ChatMessage Full => new("key 1", Juliet, 1_000_000_000_000_001)
    {
        IsMine = true,
        Body = "Soft!\n  what light \u200b through \"yonder\" 窗 \U0001F339 %_'; DROP TABLE",
        State = MessageState.Failed,
        Time = new DateTimeOffset(2026, 1, 31, 20, 0, 0, 123, TimeSpan.Zero),
        Format = new MessageFormat("kai", 14, Bold: true, Italic: false, Underline: true, "#aB0102"),
        Error = StanzaErrorCondition.ServiceUnavailable,
        Id = "id 1",
        StanzaId = "stanza 1",
        WasDelayed = true,
        StartsAbsence = true,
    };

    protected static ChatMessage Message(BareJid contact, long order, bool isMine = false, MessageState? state = null, string? id = null, string? stanzaId = null) =>
        new($"{contact}-{order}", contact, order)
        {
            IsMine = isMine,
            Body = $"no {order}",
            State = state ?? (isMine ? MessageState.Sent : MessageState.Received),
            Time = DateTimeOffset.UnixEpoch.AddSeconds(order),
            Id = id,
            StanzaId = stanzaId,
        };

    [Fact]
    public async Task A_message_comes_back_as_it_was()
    {
        await using var store = await OpenNewAsync();
        var least = Message(Juliet, 5);
        await Commit(store, Full, least);
        Assert.Equal(Full, await store.FindByKeyAsync("key 1", Cancel));
        Assert.Equal(least, await store.FindByKeyAsync(least.Key, Cancel));
        Assert.Equal([least, Full], await store.ReadMessagesAsync(Juliet, 0, long.MaxValue, 10, fromStart: true, Cancel));
        Assert.Null(await store.FindByKeyAsync("key 2", Cancel));
    }

    [Fact]
    public async Task A_message_with_the_same_key_takes_the_place_of_the_other()
    {
        await using var store = await OpenNewAsync();
        await Commit(store, Full with { State = MessageState.Queued });
        var moved = Full with { Order = 7, Body = "moved", State = MessageState.Read, Id = "id 2", StanzaId = "stanza 2", Format = null, Error = null };
        await Commit(store, moved);
        Assert.Equal([moved], await store.ReadMessagesAsync(Juliet, long.MinValue, long.MaxValue, 10, fromStart: false, Cancel));
        Assert.Empty(await store.ReadQueuedAsync(Cancel));
        Assert.Empty(await store.FindByIdAsync(Juliet, "id 1", Cancel));
        Assert.Null(await store.FindByStanzaIdAsync("stanza 1", Cancel));
        Assert.Equal(moved, await store.FindByStanzaIdAsync("stanza 2", Cancel));
    }

    [Fact]
    public async Task Pages_are_read_from_either_end_in_ascending_order()
    {
        await using var store = await OpenNewAsync();
        await Commit(store, [.. Enumerable.Range(1, 10).Reverse().Select(i => Message(Juliet, i)), Message(Nurse, 3)]);
        await Check(2, 9, 3, fromStart: true, 3, 4, 5);
        await Check(2, 9, 3, fromStart: false, 6, 7, 8);
        await Check(long.MinValue, long.MaxValue, 100, fromStart: false, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        await Check(long.MinValue, 3, 100, fromStart: true, 1, 2);
        await Check(8, long.MaxValue, 1, fromStart: false, 10);
        await Check(4, 5, 10, fromStart: true);
        await Check(10, long.MaxValue, 10, fromStart: true);

        async Task Check(long after, long before, int count, bool fromStart, params long[] orders)
        {
            var page = await store.ReadMessagesAsync(Juliet, after, before, count, fromStart, Cancel);
            Assert.Equal(orders, page.Select(message => message.Order));
        }
    }

    [Fact]
    public async Task Only_messages_of_others_above_a_place_are_counted()
    {
        await using var store = await OpenNewAsync();
        await Commit(store, Message(Juliet, 1), Message(Juliet, 2, isMine: true), Message(Juliet, 3), Message(Juliet, 4), Message(Nurse, 5));
        Assert.Equal(3, await store.CountReceivedAsync(Juliet, 0, Cancel));
        Assert.Equal(1, await store.CountReceivedAsync(Juliet, 3, Cancel));
        Assert.Equal(0, await store.CountReceivedAsync(Juliet, 4, Cancel));
        Assert.Equal(3, await store.CountReceivedAsync(Juliet, long.MinValue, Cancel));
        Assert.Equal(0, await store.CountReceivedAsync(BareJid.Parse("nobody@verona.lit"), 0, Cancel));
    }

    [Fact]
    public async Task Messages_are_found_by_their_ids()
    {
        await using var store = await OpenNewAsync();
        var theirs = Message(Juliet, 1, id: "same", stanzaId: "s1");
        var mine = Message(Juliet, 2, isMine: true, id: "same");
        await Commit(store, mine, theirs, Message(Nurse, 3, id: "same"), Message(Juliet, 4));
        Assert.Equal([theirs, mine], (await store.FindByIdAsync(Juliet, "same", Cancel)).OrderBy(message => message.Order));
        Assert.Empty(await store.FindByIdAsync(Juliet, "SAME", Cancel));
        Assert.Equal(theirs, await store.FindByStanzaIdAsync("s1", Cancel));
        Assert.Null(await store.FindByStanzaIdAsync("S1", Cancel));
    }

    [Fact]
    public async Task Texts_are_found_by_all_their_words_in_any_script_and_case_the_newest_first()
    {
        await using var store = await OpenNewAsync();
        await Commit(
            store,
            Message(Juliet, 1) with { Body = "明天去北京大学吗？" },
            Message(Nurse, 2) with { Body = "北京 is cold, ЗИМА" },
            Message(Juliet, 3, isMine: true) with { Body = "100% _sure_ \\ 'ja'" },
            Message(Juliet, 4) with { Body = "Cold in 北京?" });
        Assert.Equal([4, 2, 1], await Found("北京"));
        Assert.Equal([1], await Found("北京大学"));
        Assert.Equal([4, 2], await Found("COLD 北京"));
        Assert.Equal([2], await Found("зима"));
        Assert.Equal([4, 1], await Found("北京", Juliet));
        Assert.Equal([3], await Found("% _ \\ '"));
        Assert.Empty(await Found("*"));
        Assert.Empty(await Found("  "));
        Assert.Equal([2, 1], await Found("北京", before: 4));
        Assert.Equal([4, 2], await Found("北京", count: 2));

        async Task<IEnumerable<long>> Found(string text, BareJid? contact = null, long before = long.MaxValue, int count = 10) =>
            (await store.SearchAsync(text, contact, before, count, Cancel)).Select(message => message.Order);
    }

    [Fact]
    public async Task The_outbox_is_what_is_queued_in_order()
    {
        await using var store = await OpenNewAsync();
        await Commit(store, Message(Nurse, 30, isMine: true, MessageState.Queued), Message(Juliet, 10, isMine: true, MessageState.Queued));
        await Commit(store, Message(Juliet, 20, isMine: true, MessageState.Queued), Message(Juliet, 15, isMine: true, MessageState.Failed), Message(Juliet, 16));
        Assert.Equal([10, 20, 30], (await store.ReadQueuedAsync(Cancel)).Select(message => message.Order));
        await Commit(store, Message(Juliet, 20, isMine: true, MessageState.Sent));
        Assert.Equal([10, 30], (await store.ReadQueuedAsync(Cancel)).Select(message => message.Order));
    }

    [Fact]
    public async Task Deleted_messages_are_gone_from_everywhere()
    {
        await using var store = await OpenNewAsync();
        await Commit(store, Message(Juliet, 1, isMine: true, MessageState.Queued, "a", "b"), Message(Juliet, 2));
        await store.CommitAsync(new StoreBatch { DeletedMessages = { $"{Juliet}-1", $"{Juliet}-2", "never was" } }, Cancel);
        Assert.Empty(await store.ReadMessagesAsync(Juliet, long.MinValue, long.MaxValue, 10, fromStart: true, Cancel));
        Assert.Empty(await store.ReadQueuedAsync(Cancel));
        Assert.Empty(await store.FindByIdAsync(Juliet, "a", Cancel));
        Assert.Null(await store.FindByStanzaIdAsync("b", Cancel));
        Assert.Equal(0, await store.CountReceivedAsync(Juliet, 0, Cancel));
    }

    [Fact]
    public async Task Documents_are_kept_replaced_deleted_and_found_by_how_their_key_begins()
    {
        await using var store = await OpenNewAsync();
        await store.CommitAsync(new StoreBatch { Documents = { ["a:1"] = "one", ["a:2"] = "两\n", ["A:3"] = "three", ["a%"] = "", ["b"] = "b" } }, Cancel);
        await store.CommitAsync(new StoreBatch { Documents = { ["a:1"] = "ONE", ["b"] = null, ["never"] = null } }, Cancel);
        Assert.Equal(
            new Dictionary<string, string> { ["a:1"] = "ONE", ["a:2"] = "两\n" },
            (await store.ReadDocumentsAsync("a:", Cancel)).OrderBy(document => document.Key, StringComparer.Ordinal).ToDictionary());
        Assert.Equal(["a%"], (await store.ReadDocumentsAsync("a%", Cancel)).Keys);
        Assert.Equal(4, (await store.ReadDocumentsAsync("", Cancel)).Count);
        Assert.Empty(await store.ReadDocumentsAsync("b", Cancel));
    }

    [Fact]
    public async Task A_batch_takes_messages_and_documents_together()
    {
        await using var store = await OpenNewAsync();
        await Commit(store, Message(Juliet, 1));
        await store.CommitAsync(
            new StoreBatch { Messages = { Message(Juliet, 2) }, DeletedMessages = { $"{Juliet}-1" }, Documents = { ["d"] = "x" } }, Cancel);
        Assert.Equal([2], (await store.ReadMessagesAsync(Juliet, 0, long.MaxValue, 10, fromStart: true, Cancel)).Select(message => message.Order));
        Assert.Equal("x", (await store.ReadDocumentsAsync("d", Cancel))["d"]);
    }

    [Fact]
    public async Task Clearing_forgets_everything()
    {
        await using var store = await OpenNewAsync();
        await Commit(store, Full, Message(Nurse, 3, isMine: true, MessageState.Queued));
        await store.CommitAsync(new StoreBatch { Documents = { ["a"] = "b" } }, Cancel);
        await store.ClearAsync(Cancel);
        Assert.Empty(await store.ReadDocumentsAsync("", Cancel));
        Assert.Empty(await store.ReadMessagesAsync(Juliet, 0, long.MaxValue, 10, fromStart: true, Cancel));
        Assert.Empty(await store.ReadQueuedAsync(Cancel));
        await Commit(store, Full);
        Assert.Equal(Full, await store.FindByStanzaIdAsync("stanza 1", Cancel));
    }

    [Fact]
    public async Task What_is_committed_outlasts_a_restart()
    {
        var store = await OpenNewAsync();
        await Commit(store, Full, Message(Nurse, 3, isMine: true, MessageState.Queued));
        await store.CommitAsync(new StoreBatch { Documents = { ["a"] = "b" } }, Cancel);
        await store.DisposeAsync();
        if (OpenAgainAsync() is not { } opening)
        {
            return;
        }
        await using var again = await opening;
        Assert.Equal([Full], await again.ReadMessagesAsync(Juliet, 0, long.MaxValue, 10, fromStart: true, Cancel));
        Assert.Equal([3], (await again.ReadQueuedAsync(Cancel)).Select(message => message.Order));
        Assert.Equal("b", (await again.ReadDocumentsAsync("", Cancel))["a"]);
    }

    private static async Task Commit(IClientStore store, params IEnumerable<ChatMessage> messages)
    {
        var batch = new StoreBatch();
        foreach (var message in messages)
        {
            batch.Messages.Add(message);
        }
        await store.CommitAsync(batch, Cancel);
    }
}
