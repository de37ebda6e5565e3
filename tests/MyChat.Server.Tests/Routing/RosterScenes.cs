using MyChat.Testing.Plays;

namespace MyChat.Server.Tests.Routing;

/// <summary>What many plays about rosters and subscriptions begin with.</summary>
internal static class RosterScenes
{
    public const string Get = "<iq type='get' id='get'><query xmlns='jabber:iq:roster'/></iq>";

    /// <summary>A roster push with this item.</summary>
    public static string Push(string item) => $"<iq type='set' id='*' to='*'><query xmlns='jabber:iq:roster' ver='*'>{item}</query></iq>";

    /// <summary>The answer to <see cref="Get"/>, with these items.</summary>
    public static string Roster(string items) => items.Length == 0
        ? "<iq type='result' id='get' …><query xmlns='jabber:iq:roster' ver='*'/></iq>"
        : $"<iq type='result' id='get' …><query xmlns='jabber:iq:roster' ver='*'>{items}</query></iq>";

    public static string Set(string item, string id = "set") => $"<iq type='set' id='{id}'><query xmlns='jabber:iq:roster'>{item}</query></iq>";

    /// <summary>The server's plain yes.</summary>
    public static string Done(string id = "set") => $"<iq type='result' id='{id}' …/>";

    public static string Error(string condition, string type, string id = "set") =>
        $"<iq type='error' id='{id}' …><error type='{type}'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></iq>";

    public static string PresenceError(string condition, string type) =>
        $"<presence type='error' …><error type='{type}'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></presence>";

    /// <summary>Enters as most clients do: the roster first, then presence. What the roster holds is compared with <paramref name="items"/>.</summary>
    public static async Task<Actor> EnterWithRoster(this Play play, string who, string items = "")
    {
        var actor = await play.Enter(who, presence: false);
        await actor.Sends(Get);
        await actor.Receives(Roster(items));
        await actor.BecomesAvailable();
        return actor;
    }

    /// <summary>Sends initial presence; its echo comes before anything that it brings about.</summary>
    public static async Task BecomesAvailable(this Actor actor, string content = "")
    {
        await actor.Sends($"<presence>{content}</presence>");
        await actor.Receives(content.Length == 0
            ? $"<presence from='{actor.Jid}' to='{actor.Jid}'/>"
            : $"<presence from='{actor.Jid}' to='{actor.Jid}'>{content}</presence>");
    }

    /// <summary>The two see each other's presence from now on; nobody who is there hears of how it came about.</summary>
    public static async Task MakeFriends(this Play play, string one, string other)
    {
        var first = await play.Enter($"{one}/behind-the-scenes", presence: false);
        var second = await play.Enter($"{other}/behind-the-scenes", presence: false);
        foreach (var type in (string[])["subscribed", "subscribe"])
        {
            await first.Sends($"<presence to='{other}@verona.lit' type='{type}'/>");
            await second.Sends($"<presence to='{one}@verona.lit' type='{type}'/>");
            await play.NobodyReceivesMore();
        }
        await first.Disconnects();
        await second.Disconnects();
    }
}
