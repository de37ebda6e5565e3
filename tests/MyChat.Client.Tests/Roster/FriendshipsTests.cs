using CsCheck;
using MyChat.Client.Roster;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.Roster;

public sealed class FriendshipsTests
{
    private static readonly PresenceType[] Types =
        [PresenceType.Subscribe, PresenceType.Subscribed, PresenceType.Unsubscribe, PresenceType.Unsubscribed];

    [Fact]
    public void Whatever_two_people_do_the_friendship_says_who_sees_whom_and_who_waits() =>
        Gen.Select(Gen.Int[0, 3], Gen.Bool).Array[0, 20].Sample(steps =>
        {
            var state = SubscriptionState.None;
            foreach (var (type, inbound) in steps)
            {
                state = inbound ? SubscriptionRules.Inbound(state, Types[type]).State : SubscriptionRules.Outbound(state, Types[type]).State;
                // What the client gets is what a server writes into an item.
                var item = RosterItem.Read(new Element(
                    RosterNames.Item,
                    ("jid", "juliet@verona.lit"),
                    ("subscription", state.AttributeValue()),
                    ("ask", state.HasFlag(SubscriptionState.PendingOut) ? "subscribe" : null)))!;
                var friendship = Friendships.Of(item.State);
                Assert.Equal(state.HasFlag(SubscriptionState.Both), friendship == Friendship.Friends);
                Assert.Equal(state.HasFlag(SubscriptionState.To), friendship is Friendship.Friends or Friendship.OnlyIFollow);
                Assert.Equal(state.HasFlag(SubscriptionState.PendingOut), friendship == Friendship.Asked);
                Assert.Equal((state & (SubscriptionState.Both | SubscriptionState.PendingOut)) == 0, friendship == Friendship.None);
            }
        });

    [Fact]
    public void An_item_that_was_kept_is_read_as_it_was() =>
        Gen.Select(Gen.Int[0, 31], Gen.String.AlphaNumeric, Gen.String.AlphaNumeric.Array[0, 3]).Sample((flags, name, groups) =>
        {
            var state = (SubscriptionState)flags & ~SubscriptionState.PendingIn;
            // No server says both at once.
            state = state.HasFlag(SubscriptionState.To) ? state & ~SubscriptionState.PendingOut : state;
            state = state.HasFlag(SubscriptionState.From) ? state & ~SubscriptionState.Approved : state;
            var item = new RosterItem(BareJid.Parse("juliet@verona.lit"))
            {
                Name = name.Length == 0 ? null : name,
                State = state,
                Groups = [.. groups.Where(group => group.Length > 0).Distinct()],
            };
            Assert.True(item.IsSameAs(RosterItem.Read(Element.Parse(item.ToElement().ToString(), defaultNs: ""))));
        });
}
