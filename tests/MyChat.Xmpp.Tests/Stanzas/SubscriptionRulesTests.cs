using MyChat.Xmpp.Stanzas;
using static MyChat.Xmpp.Stanzas.SubscriptionState;

namespace MyChat.Xmpp.Tests.Stanzas;

/// <summary>The tables of RFC 6121 appendix A, written out: nine states, four stanzas, two directions.</summary>
public class SubscriptionRulesTests
{
    // Each row: the state, whether the stanza goes on (out: to the contact; in: to the user's clients), the state that follows.
    private const string OutboundTables = """
        subscribe                            # A.2.1
        None                    | yes | None + Pending Out
        None + Pending Out      | yes | None + Pending Out
        None + Pending In       | yes | None + Pending Out+In
        None + Pending Out+In   | yes | None + Pending Out+In
        To                      | yes | To
        To + Pending In         | yes | To + Pending In
        From                    | yes | From + Pending Out
        From + Pending Out      | yes | From + Pending Out
        Both                    | yes | Both
        unsubscribe                          # A.2.2
        None                    | yes | None
        None + Pending Out      | yes | None
        None + Pending In       | yes | None + Pending In
        None + Pending Out+In   | yes | None + Pending In
        To                      | yes | None
        To + Pending In         | yes | None + Pending In
        From                    | yes | From
        From + Pending Out      | yes | From
        Both                    | yes | From
        subscribed                           # A.2.3, pre-approval as in §3.4.2
        None                    | no  | None + Approved
        None + Pending Out      | no  | None + Pending Out + Approved
        None + Pending In       | yes | From
        None + Pending Out+In   | yes | From + Pending Out
        To                      | no  | To + Approved
        To + Pending In         | yes | Both
        From                    | no  | From
        From + Pending Out      | no  | From + Pending Out
        Both                    | no  | Both
        unsubscribed                         # A.2.4
        None                    | no  | None
        None + Pending Out      | no  | None + Pending Out
        None + Pending In       | yes | None
        None + Pending Out+In   | yes | None + Pending Out
        To                      | no  | To
        To + Pending In         | yes | To
        From                    | yes | None
        From + Pending Out      | yes | None + Pending Out
        Both                    | yes | To
        """;

    private const string InboundTables = """
        subscribe                            # A.3.1
        None                    | yes | None + Pending In
        None + Pending Out      | yes | None + Pending Out+In
        None + Pending In       | no  | None + Pending In
        None + Pending Out+In   | no  | None + Pending Out+In
        To                      | yes | To + Pending In
        To + Pending In         | no  | To + Pending In
        From                    | no  | From                 | subscribed
        From + Pending Out      | no  | From + Pending Out   | subscribed
        Both                    | no  | Both                 | subscribed
        unsubscribe                          # A.3.2; its automatic answers are left out on purpose, see below
        None                    | no  | None
        None + Pending Out      | no  | None + Pending Out
        None + Pending In       | yes | None
        None + Pending Out+In   | yes | None + Pending Out
        To                      | no  | To
        To + Pending In         | yes | To
        From                    | yes | None
        From + Pending Out      | yes | None + Pending Out
        Both                    | yes | To
        subscribed                           # A.3.3
        None                    | no  | None
        None + Pending Out      | yes | To
        None + Pending In       | no  | None + Pending In
        None + Pending Out+In   | yes | To + Pending In
        To                      | no  | To
        To + Pending In         | no  | To + Pending In
        From                    | no  | From
        From + Pending Out      | yes | Both
        Both                    | no  | Both
        unsubscribed                         # A.3.4
        None                    | no  | None
        None + Pending Out      | yes | None
        None + Pending In       | no  | None + Pending In
        None + Pending Out+In   | yes | None + Pending In
        To                      | yes | None
        To + Pending In         | yes | None + Pending In
        From                    | no  | From
        From + Pending Out      | yes | From
        Both                    | yes | From
        """;

    // §3.4: with a pre-approval the states without "From" and "Pending In" have a second life.
    private const string ApprovedOutbound = """
        subscribe
        None + Approved               | yes | None + Pending Out + Approved
        None + Pending Out + Approved | yes | None + Pending Out + Approved
        To + Approved                 | yes | To + Approved
        unsubscribe
        None + Approved               | yes | None + Approved
        None + Pending Out + Approved | yes | None + Approved
        To + Approved                 | yes | None + Approved
        subscribed
        None + Approved               | no  | None + Approved
        None + Pending Out + Approved | no  | None + Pending Out + Approved
        To + Approved                 | no  | To + Approved
        unsubscribed
        None + Approved               | no  | None
        None + Pending Out + Approved | no  | None + Pending Out
        To + Approved                 | no  | To
        """;

    private const string ApprovedInbound = """
        subscribe
        None + Approved               | no  | From               | subscribed
        None + Pending Out + Approved | no  | From + Pending Out | subscribed
        To + Approved                 | no  | Both               | subscribed
        unsubscribe
        None + Approved               | no  | None + Approved
        None + Pending Out + Approved | no  | None + Pending Out + Approved
        To + Approved                 | no  | To + Approved
        subscribed
        None + Approved               | no  | None + Approved
        None + Pending Out + Approved | yes | To + Approved
        To + Approved                 | no  | To + Approved
        unsubscribed
        None + Approved               | no  | None + Approved
        None + Pending Out + Approved | yes | None + Approved
        To + Approved                 | yes | None + Approved
        """;

    public static TheoryData<string, PresenceType, string, bool, string, PresenceType?> Outbound => Rows(OutboundTables, ApprovedOutbound);

    public static TheoryData<string, PresenceType, string, bool, string, PresenceType?> Inbound => Rows(InboundTables, ApprovedInbound);

    [Theory]
    [MemberData(nameof(Outbound))]
    public void What_the_user_sends_changes_the_state_as_the_table_says(
        string _, PresenceType type, string state, bool route, string next, PresenceType? none)
    {
        Assert.Null(none);
        Assert.Equal((Parse(next), route), SubscriptionRules.Outbound(Parse(state), type));
    }

    // A.3.2 would also have every effective "unsubscribe" answered with "unsubscribed". The one who unsubscribed knows already, and when it has
    // asked anew meanwhile, that answer would refuse the new request in the name of a user who never saw it.
    [Theory]
    [MemberData(nameof(Inbound))]
    public void What_the_contact_sends_changes_the_state_as_the_table_says(
        string _, PresenceType type, string state, bool deliver, string next, PresenceType? reply) =>
        Assert.Equal((Parse(next), deliver, reply), SubscriptionRules.Inbound(Parse(state), type));

    [Fact]
    public void The_tables_are_complete()
    {
        // 9 states and 3 with pre-approval, times 4 stanzas.
        Assert.Equal(48, Outbound.Count);
        Assert.Equal(48, Inbound.Count);
        foreach (var table in new[] { Outbound, Inbound })
        {
            Assert.Equal(48, table.Select(row => (row.Data.Item2, Parse(row.Data.Item3))).Distinct().Count());
        }
    }

    [Fact]
    public void No_sequence_leaves_the_defined_states()
    {
        PresenceType[] types = [PresenceType.Subscribe, PresenceType.Subscribed, PresenceType.Unsubscribe, PresenceType.Unsubscribed];
        var reached = new HashSet<SubscriptionState> { None };
        var open = new Queue<SubscriptionState>(reached);
        while (open.TryDequeue(out var state))
        {
            foreach (var next in types.SelectMany(type => new[]
                { SubscriptionRules.Outbound(state, type).State, SubscriptionRules.Inbound(state, type).State }).Where(reached.Add))
            {
                open.Enqueue(next);
            }
        }
        Assert.Equal(Inbound.Select(row => Parse(row.Data.Item3)).ToHashSet(), reached);
    }

    [Theory]
    [InlineData(None, "none")]
    [InlineData(PendingOut | PendingIn | Approved, "none")]
    [InlineData(To | PendingIn, "to")]
    [InlineData(From | PendingOut, "from")]
    [InlineData(Both, "both")]
    public void The_subscription_attribute_shows_the_four_primary_states(SubscriptionState state, string value) =>
        Assert.Equal(value, state.AttributeValue());

    [Theory]
    [InlineData(PresenceType.Available, false)]
    [InlineData(PresenceType.Unavailable, false)]
    [InlineData(PresenceType.Subscribe, true)]
    [InlineData(PresenceType.Subscribed, true)]
    [InlineData(PresenceType.Unsubscribe, true)]
    [InlineData(PresenceType.Unsubscribed, true)]
    [InlineData(PresenceType.Probe, false)]
    [InlineData(PresenceType.Error, false)]
    public void Four_types_belong_to_subscriptions(PresenceType type, bool expected) => Assert.Equal(expected, type.IsSubscription());

    [Theory]
    [InlineData(PresenceType.Available)]
    [InlineData(PresenceType.Probe)]
    public void Other_stanzas_have_no_row(PresenceType type)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SubscriptionRules.Outbound(None, type));
        Assert.Throws<ArgumentOutOfRangeException>(() => SubscriptionRules.Inbound(None, type));
    }

    private static TheoryData<string, PresenceType, string, bool, string, PresenceType?> Rows(params string[] tables)
    {
        var rows = new TheoryData<string, PresenceType, string, bool, string, PresenceType?>();
        var type = PresenceType.Available;
        foreach (var line in tables.SelectMany(table => table.Split('\n')).Select(line => line.Split('#')[0].Trim()))
        {
            if (line.Split('|', StringSplitOptions.TrimEntries) is not [var state, var goesOn, var next, .. var reply])
            {
                type = Enum.Parse<PresenceType>(line, ignoreCase: true);
                continue;
            }
            var answer = reply is [var word] ? Enum.Parse<PresenceType>(word, ignoreCase: true) : (PresenceType?)null;
            rows.Add($"{type} in {state}", type, state, goesOn == "yes", next, answer);
        }
        return rows;
    }

    private static SubscriptionState Parse(string name) => name.Split('+', 2, StringSplitOptions.TrimEntries) is [var primary, var more]
        ? Enum.Parse<SubscriptionState>(primary)
            | (more.Contains("Out", StringComparison.Ordinal) ? PendingOut : None)
            | (more.Contains("In", StringComparison.Ordinal) ? PendingIn : None)
            | (more.Contains("Approved", StringComparison.Ordinal) ? Approved : None)
        : Enum.Parse<SubscriptionState>(name);
}
