using MyChat.Testing.Plays;
using MyChat.Xmpp.Stanzas;
using static MyChat.Server.Tests.Routing.RosterScenes;
using static MyChat.Xmpp.Stanzas.SubscriptionState;

namespace MyChat.Server.Tests.Routing;

/// <summary>
/// What RFC 6121 appendix A says about two users: their rosters, and what each must be told, in order. It drives the real server along and
/// compares everything that arrives.
/// </summary>
internal sealed class SubscriptionModel(RestartableServer server, Play play, string one, string other)
{
    private readonly Side[] _sides = [new Side(one), new Side(other)];
    private int _notes;

    private sealed class Side(string name)
    {
        public string Jid { get; } = $"{name}@verona.lit";
        public string Who { get; } = $"{name}/device";
        public SubscriptionState State { get; set; }
        public bool Listed { get; set; }
        public string? Label { get; set; }
        public string? Request { get; set; }
        public Actor? Actor { get; set; }
        public List<string> Expected { get; } = [];
    }

    public async Task SendAsync(int who, PresenceType type)
    {
        var (user, contact) = Pair(who);
        if (user.Actor is null)
        {
            return;
        }
        var content = $"<status>{++_notes}</status>";
        await user.Actor.Sends($"<presence to='{contact.Jid}' type='{Name(type)}'>{content}</presence>");
        var (next, route) = SubscriptionRules.Outbound(user.State, type);
        var before = user.State;
        Change(user, contact, next, lists: type == PresenceType.Subscribe);
        if ((before & ~next).HasFlag(From))
        {
            Show(user, contact, " type='unavailable'");
        }
        if (route)
        {
            Arrive(contact, user, type, content);
        }
        if ((next & ~before).HasFlag(From))
        {
            Show(user, contact);
        }
        await CompareAsync();
    }

    public async Task RemoveAsync(int who)
    {
        var (user, contact) = Pair(who);
        if (user.Actor is null)
        {
            return;
        }
        await user.Actor.Sends(Set($"<item jid='{contact.Jid}' subscription='remove'/>"));
        if (!user.Listed)
        {
            user.Expected.Add(Error("item-not-found", "cancel"));
        }
        else
        {
            user.Expected.Add(Push($"<item jid='{contact.Jid}' subscription='remove'/>"));
            user.Expected.Add(Done());
            var before = user.State;
            (user.State, user.Listed, user.Label, user.Request) = (None, false, null, null);
            if ((before & (To | PendingOut)) != 0)
            {
                Arrive(contact, user, PresenceType.Unsubscribe);
            }
            if (before.HasFlag(From))
            {
                Show(user, contact, " type='unavailable'");
            }
            if ((before & (From | PendingIn)) != 0)
            {
                Arrive(contact, user, PresenceType.Unsubscribed);
            }
        }
        await CompareAsync();
    }

    public async Task NameAsync(int who)
    {
        var (user, contact) = Pair(who);
        if (user.Actor is null)
        {
            return;
        }
        (user.Listed, user.Label) = (true, $"n{++_notes}");
        await user.Actor.Sends(Set($"<item jid='{contact.Jid}' name='{user.Label}'/>"));
        user.Expected.Add(Push(Item(user, contact)));
        user.Expected.Add(Done());
        await CompareAsync();
    }

    public async Task ComeOrGoAsync(int who)
    {
        var (user, contact) = Pair(who);
        if (user.Actor is { } actor)
        {
            user.Actor = null;
            await actor.Disconnects();
            if (user.State.HasFlag(From))
            {
                Tell(contact, $"<presence from='{actor.Jid}' to='*' type='unavailable'/>");
            }
        }
        else
        {
            user.Actor = await play.EnterWithRoster(user.Who, user.Listed ? Item(user, contact) : "");
            if (user.State.HasFlag(From))
            {
                Show(user, contact);
            }
            if (user.State.HasFlag(PendingIn))
            {
                user.Expected.Add(user.Request!);
            }
            if (user.State.HasFlag(PendingOut))
            {
                Arrive(contact, user, PresenceType.Subscribe);
            }
            if (user.State.HasFlag(To))
            {
                Show(contact, user);
            }
        }
        await CompareAsync();
    }

    public async Task RestartAsync()
    {
        int[] present = [.. new[] { 0, 1 }.Where(who => _sides[who].Actor is not null)];
        foreach (var who in present)
        {
            await ComeOrGoAsync(who);
        }
        await server.RestartAsync();
        foreach (var who in present)
        {
            await ComeOrGoAsync(who);
        }
    }

    /// <summary>Both come for a last look at their rosters, and what one holds is what the other believes.</summary>
    public async Task EndAsync()
    {
        foreach (var who in new[] { 0, 1 })
        {
            var (user, contact) = Pair(who);
            if (user.Actor is null)
            {
                await ComeOrGoAsync(who);
            }
            await user.Actor!.Sends(Get);
            await user.Actor.Receives(Roster(user.Listed ? Item(user, contact) : ""));
            Assert.Equal(user.State.HasFlag(To), contact.State.HasFlag(From));
            Assert.Equal(user.State.HasFlag(PendingOut), contact.State.HasFlag(PendingIn));
        }
        await play.NobodyReceivesMore();
    }

    private void Arrive(Side user, Side contact, PresenceType type, string content = "")
    {
        var before = user.State;
        var (next, deliver, reply) = SubscriptionRules.Inbound(before, type);
        var stanza = content.Length == 0
            ? $"<presence from='{contact.Jid}' to='{user.Jid}' type='{Name(type)}'/>"
            : $"<presence from='{contact.Jid}' to='{user.Jid}' type='{Name(type)}'>{content}</presence>";
        if (deliver)
        {
            Tell(user, stanza);
            user.Request = type == PresenceType.Subscribe ? stanza : user.Request;
        }
        Change(user, contact, next, lists: false);
        if (reply is { } answer)
        {
            Arrive(contact, user, answer);
            Show(user, contact);
        }
        if ((before & ~next).HasFlag(From))
        {
            Show(user, contact, " type='unavailable'");
        }
    }

    private static void Change(Side user, Side contact, SubscriptionState next, bool lists)
    {
        var before = user.Listed ? Item(user, contact) : "";
        user.State = next;
        // A request alone lists nobody (§3.1.3); what was listed stays so until it is removed.
        user.Listed |= lists || (next & ~PendingIn) != None;
        var after = user.Listed ? Item(user, contact) : "";
        if (after != before)
        {
            Tell(user, Push(after));
        }
    }

    private static void Show(Side from, Side to, string type = "")
    {
        if (from.Actor is { } actor)
        {
            Tell(to, $"<presence from='{actor.Jid}' to='*'{type}/>");
        }
    }

    private static void Tell(Side user, string stanza)
    {
        if (user.Actor is not null)
        {
            user.Expected.Add(stanza);
        }
    }

    private static string Item(Side user, Side contact) =>
        $"<item jid='{contact.Jid}' subscription='{user.State.AttributeValue()}'"
        + (user.Label is null ? "" : $" name='{user.Label}'")
        + (user.State.HasFlag(PendingOut) ? " ask='subscribe'" : "")
        + (user.State.HasFlag(Approved) ? " approved='true'" : "") + "/>";

    private async Task CompareAsync()
    {
        foreach (var side in _sides)
        {
            foreach (var stanza in side.Expected)
            {
                await side.Actor!.Receives(stanza);
            }
            side.Expected.Clear();
        }
        await play.NobodyReceivesMore();
    }

    private (Side User, Side Contact) Pair(int who) => (_sides[who], _sides[1 - who]);

    private static string Name(PresenceType type) => type.ToString().ToLowerInvariant();
}
