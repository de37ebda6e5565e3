namespace MyChat.EndToEnd.Promises;

/// <summary>The judge of the other tests must see every way to break the promise.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void All_is_well_when_every_message_is_in_both_logs_and_arrived() => Assert.Empty(Make().Violations());

    [Fact]
    public void A_message_that_was_not_acknowledged_may_be_missing() =>
        Assert.Empty(Make(ledger =>
        {
            ledger.Sent[1].IsAcknowledged = false;
            ledger.Logs.RemoveAll(entry => entry.Id == 2);
            ledger.Arrived["juliet"].RemoveAt(1);
        }).Violations());

    [Fact]
    public void An_acknowledged_message_that_is_not_on_disk_is_seen() =>
        AssertBroken("not on disk", ledger => ledger.Logs.RemoveAll(entry => entry.Id == 2));

    [Fact]
    public void An_acknowledged_message_that_the_senders_log_lacks_is_seen() =>
        AssertBroken("not on disk", ledger => ledger.Logs.RemoveAll(entry => entry is { Id: 2, Received: false }));

    [Fact]
    public void A_message_that_was_refused_must_be_missing() =>
        Assert.Empty(Make(ledger =>
        {
            ledger.Sent[1].IsRefused = true;
            ledger.Logs.RemoveAll(entry => entry.Id == 2);
            ledger.Arrived["juliet"].RemoveAt(1);
        }).Violations());

    [Fact]
    public void A_message_that_was_refused_and_is_on_disk_is_seen() =>
        AssertBroken("refused, but on disk", ledger => ledger.Sent[1].IsRefused = true);

    [Fact]
    public void Half_a_message_on_disk_is_seen_though_nobody_acknowledged_it() =>
        AssertBroken("logs differ", ledger =>
        {
            ledger.Sent[1].IsAcknowledged = false;
            ledger.Logs.RemoveAll(entry => entry is { Id: 2, Received: false });
        });

    [Fact]
    public void An_entry_that_is_there_twice_is_seen() =>
        AssertBroken("more than once", ledger => ledger.Logs.Add(ledger.Logs[0] with { Id = 9 }));

    [Fact]
    public void A_message_that_never_arrived_is_seen() =>
        AssertBroken("never delivered", ledger => ledger.Arrived["juliet"].RemoveAt(1));

    [Fact]
    public void A_message_under_a_second_id_is_seen() =>
        AssertBroken("again, as x9", ledger => ledger.Arrived["juliet"].Add(new Arrival(ledger.Sent[0].Body, "x9")));

    [Fact]
    public void A_message_again_under_its_own_id_is_none() =>
        Assert.Empty(Make(ledger => ledger.Arrived["juliet"].Add(ledger.Arrived["juliet"][0])).Violations());

    [Fact]
    public void Two_messages_under_one_id_are_seen() =>
        AssertBroken("as x1", ledger => ledger.Arrived["juliet"][1] = ledger.Arrived["juliet"][1] with { StanzaId = "x1" });

    [Fact]
    public void A_message_that_overtakes_is_seen() => AssertBroken("after number", ledger => ledger.Arrived["juliet"].Reverse());

    [Fact]
    public void A_message_that_went_to_somebody_else_is_seen() =>
        AssertBroken("nobody sent there", ledger => ledger.Arrived["nurse"] = [ledger.Arrived["juliet"][0]]);

    private static void AssertBroken(string how, Action<Ledger> breakIt) =>
        Assert.Contains(how, string.Join('\n', Make(breakIt).Violations()), StringComparison.Ordinal);

    private static Ledger Make(Action<Ledger>? change = null)
    {
        var ledger = new Ledger();
        ledger.Arrived["juliet"] = [];
        for (var i = 1; i <= 3; i++)
        {
            var message = new Transmission("romeo", "juliet", i) { IsAcknowledged = true };
            ledger.Sent.Add(message);
            ledger.Logs.Add(new LogEntry("juliet", i, true, message.Body));
            ledger.Logs.Add(new LogEntry("romeo", i, false, message.Body));
            ledger.Arrived["juliet"].Add(new Arrival(message.Body, $"x{i}"));
        }
        change?.Invoke(ledger);
        return ledger;
    }
}
