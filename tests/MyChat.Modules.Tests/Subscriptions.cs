using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

/// <summary>What plays often begin with.</summary>
internal static class Subscriptions
{
    /// <summary>The two see each other's presence from now on; both must be available, and alone with it.</summary>
    public static async Task Befriends(this Actor one, Actor other)
    {
        await Ask(one, other);
        await Ask(other, one);
    }

    private static async Task Ask(Actor asking, Actor asked)
    {
        await asking.Sends($"<presence type='subscribe' to='{asked.Jid.Bare}'/>");
        await asked.Receives($"<presence type='subscribe' from='{asking.Jid.Bare}' to='{asked.Jid.Bare}'/>");
        await asked.Sends($"<presence type='subscribed' to='{asking.Jid.Bare}'/>");
        await asking.ReceivesInAnyOrder(
            $"<presence type='subscribed' from='{asked.Jid.Bare}' to='{asking.Jid.Bare}'/>",
            $"<presence from='{asked.Jid}' to='{asking.Jid.Bare}'>…</presence>");
    }
}
