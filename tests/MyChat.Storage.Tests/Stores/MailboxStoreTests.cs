using System.Text;
using MyChat.Server.Mailboxes;

namespace MyChat.Storage.Tests.Stores;

public abstract class MailboxStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly TestDatabase test = new(kind);
    private long romeo;
    private long juliet;

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask InitializeAsync()
    {
        romeo = await test.Create("romeo");
        juliet = await test.Create("juliet");
    }

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_message_is_one_row_in_both_logs()
    {
        var id = await Store(new TestWrite(romeo, juliet, "<message><body>你好 😀</body></message>"));
        var received = Assert.Single(await test.Mailboxes.ReadAsync(juliet, [id], Token));
        var sent = Assert.Single(await test.Mailboxes.ReadAsync(romeo, [id], Token));
        Assert.Equal((id, TestDatabase.Noon, true), (received.Id, received.Stamp, received.Received));
        Assert.Equal((id, TestDatabase.Noon, false), (sent.Id, sent.Stamp, sent.Received));
        Assert.Equal("<message><body>你好 😀</body></message>", Encoding.UTF8.GetString(received.Stanza.Span));
        Assert.Equal(received.Stanza.ToArray(), sent.Stanza.ToArray());
        Assert.Equal(1, test.Count("SELECT count(*) FROM message"));
    }

    [Fact]
    public async Task A_part_of_a_buffer_is_stored_as_that_part()
    {
        var write = new SlicedWrite(romeo, juliet);
        test.Mailboxes.Append(write);
        await Store(new TestWrite(romeo, juliet));
        var entry = Assert.Single(await test.Mailboxes.ReadAsync(juliet, [write.Id], Token));
        Assert.Equal("<b/>", Encoding.UTF8.GetString(entry.Stanza.Span));
    }

    [Theory]
    [InlineData(MailboxSides.Recipient, true, false)]
    [InlineData(MailboxSides.Sender, false, true)]
    [InlineData(MailboxSides.Recipient | MailboxSides.Transient, true, false)]
    public async Task Only_the_sides_that_are_asked_for_hold_it(MailboxSides sides, bool recipient, bool sender)
    {
        var id = await Store(new TestWrite(romeo, juliet, sides: sides));
        Assert.Equal(recipient, (await test.Mailboxes.ReadAsync(juliet, [id], Token)).Count == 1);
        Assert.Equal(sender, (await test.Mailboxes.ReadAsync(romeo, [id], Token)).Count == 1);
        Assert.Equal(recipient ? juliet : 0, test.Count($"SELECT recipient FROM message WHERE id={id}"));
        Assert.Equal(sender ? romeo : 0, test.Count($"SELECT sender FROM message WHERE id={id}"));
    }

    [Fact]
    public async Task A_message_to_oneself_is_one_received_entry()
    {
        var id = await Store(new TestWrite(romeo, romeo));
        Assert.True(Assert.Single(await test.Mailboxes.ReadAsync(romeo, [id], Token)).Received);
        Assert.Equal([new UnsettledEntry(id, romeo, false)], await test.Mailboxes.UnsettledAsync(romeo, MailboxState.Empty, Token));
        await test.Mailboxes.SaveStateAsync(romeo, MailboxState.Empty, [id], Token);
        Assert.Equal(0, test.Count("SELECT count(*) FROM message"));
    }

    [Fact]
    public async Task Received_entries_above_the_cursor_are_unsettled_but_for_the_settled_ones()
    {
        var ids = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await Store(new TestWrite(romeo, juliet)));
            await Store(new TestWrite(juliet, romeo));
        }
        var transient = await Store(new TestWrite(romeo, juliet, sides: MailboxSides.Recipient | MailboxSides.Transient));
        var foreign = await Store(new TestWrite(0, juliet, sides: MailboxSides.Recipient));
        var state = new MailboxState(ids[1], [ids[3], ids[4]], 0);
        Assert.Equal(
            [
                new UnsettledEntry(ids[2], romeo, false), new UnsettledEntry(ids[5], romeo, false),
                new UnsettledEntry(transient, romeo, true), new UnsettledEntry(foreign, 0, false),
            ],
            await test.Mailboxes.UnsettledAsync(juliet, state, Token));
    }

    [Fact]
    public async Task Entries_are_read_in_order_and_what_is_not_there_is_left_out()
    {
        var ids = new List<long>();
        for (var i = 0; i < 600; i++)
        {
            var write = new TestWrite(romeo, juliet, $"<message id='{i}'/>");
            test.Append(write);
            await write.Outcome;
            ids.Add(write.Id);
        }
        var others = await Store(new TestWrite(juliet, juliet));
        var asked = ids.AsEnumerable().Reverse().Append(others).Append(-1).Append(others + 1).Append(ids[3]).ToList();
        var entries = await test.Mailboxes.ReadAsync(romeo, asked, Token);
        Assert.Equal(ids, entries.Select(entry => entry.Id));
        Assert.Equal("<message id='599'/>", Encoding.UTF8.GetString(entries[^1].Stanza.Span));
        Assert.Empty(await test.Mailboxes.ReadAsync(romeo, [], Token));
    }

    [Fact]
    public async Task The_state_is_kept()
    {
        await test.Mailboxes.SaveStateAsync(juliet, new MailboxState(7, [9, 1L << 40], 12345), [], Token);
        await test.Reopen();
        var state = (await test.Accounts.FindAsync("juliet", Token))!.Mailbox;
        Assert.Equal((7L, 12345L), (state.Delivered, state.Bytes));
        Assert.Equal([9, 1L << 40], state.SettledAbove);
        Assert.Equal(0, (await test.Accounts.FindAsync("romeo", Token))!.Mailbox.Delivered);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public async Task An_expunged_entry_goes_from_one_log_and_the_message_with_the_last(int count)
    {
        var ids = new List<long>();
        for (var i = 0; i < count + 1; i++)
        {
            ids.Add(await Store(new TestWrite(romeo, juliet)));
        }
        var kept = ids[count];
        ids.Remove(kept);
        await test.Mailboxes.SaveStateAsync(juliet, MailboxState.Empty, ids, Token);
        Assert.Equal([kept], (await test.Mailboxes.ReadAsync(juliet, [.. ids, kept], Token)).Select(entry => entry.Id));
        Assert.Equal(count + 1, (await test.Mailboxes.ReadAsync(romeo, [.. ids, kept], Token)).Count);
        Assert.Equal(count, test.Count("SELECT count(*) FROM message WHERE recipient=0"));
        await test.Mailboxes.SaveStateAsync(romeo, MailboxState.Empty, ids, Token);
        Assert.Equal(1, test.Count("SELECT count(*) FROM message"));
        Assert.Equal(2, await test.CountFiled("SELECT count(*) FROM mailbox"));
    }

    [Fact]
    public async Task Nobody_expunges_what_is_not_theirs()
    {
        var mercutio = await test.Create("mercutio");
        var id = await Store(new TestWrite(romeo, juliet));
        var hers = await Store(new TestWrite(romeo, juliet, sides: MailboxSides.Recipient));
        await test.Mailboxes.SaveStateAsync(mercutio, MailboxState.Empty, [id, hers], Token);
        await test.Mailboxes.SaveStateAsync(romeo, MailboxState.Empty, [hers], Token);
        Assert.Equal(2, (await test.Mailboxes.ReadAsync(juliet, [id, hers], Token)).Count);
        Assert.Single(await test.Mailboxes.ReadAsync(romeo, [id, hers], Token));
    }

    private async Task<long> Store(TestWrite write)
    {
        test.Append(write);
        Assert.Null(await write.Outcome);
        return write.Id;
    }

    private sealed class SlicedWrite : MailboxWrite
    {
        public SlicedWrite(long sender, long recipient)
        {
            Sides = MailboxSides.Recipient;
            SenderAccount = sender;
            RecipientAccount = recipient;
            Stamp = TestDatabase.Noon;
            Stanza = "<a/><b/><c/>"u8.ToArray().AsMemory(4, 4);
        }

        public override void Committed() { }
        public override void Failed(Exception reason) { }
    }
}

public sealed class MailboxStoreOnSqliteTests() : MailboxStoreTests(DatabaseKind.Sqlite);
public sealed class MailboxStoreOnMariaDbTests() : MailboxStoreTests(DatabaseKind.MariaDb);
public sealed class MailboxStoreOnPostgresTests() : MailboxStoreTests(DatabaseKind.Postgres);
