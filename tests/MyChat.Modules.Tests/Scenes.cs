using MyChat.Host;
using MyChat.Server;
using MyChat.Server.Modules;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Modules.Tests;

/// <summary>What many plays begin with.</summary>
internal static class Scenes
{
    /// <summary>A play with modules that need services.</summary>
    public static Task<Play> With(Func<IServiceProvider, IEnumerable<IXmppModule>> modules, Action<ServerOptions>? configure = null) =>
        Play.With(PlayTransport.Memory, new TestServerOptions { MoreModules = modules, Configure = configure });

    /// <summary>A play with all modules of the program.</summary>
    public static Task<Play> WithAll(Action<ServerOptions>? configure = null) => With(ServerModules.Create, configure);

    /// <summary>The second may see the first's presence from now on; both are available, neither asked for the roster.</summary>
    public static async Task LetsSee(this Actor seen, Actor watcher)
    {
        await watcher.Sends($"<presence to='{seen.Jid.Bare}' type='subscribe'/>");
        await seen.Receives($"<presence from='{watcher.Jid.Bare}' to='{seen.Jid.Bare}' type='subscribe'/>");
        await seen.Sends($"<presence to='{watcher.Jid.Bare}' type='subscribed'/>");
        await watcher.Receives($"<presence from='{seen.Jid.Bare}' to='{watcher.Jid.Bare}' type='subscribed'/>");
        await watcher.Receives($"<presence from='{seen.Jid}' to='{watcher.Jid.Bare}'/>");
    }

    /// <summary>A request and its whole answer's content; <paramref name="to"/> is null for the own account.</summary>
    public static async Task Asks(this Actor actor, string type, string? to, string payload, string answer)
    {
        var address = to is null ? "" : $" to='{to}'";
        await actor.Sends($"<iq type='{type}' id='ask'{address}>{payload}</iq>");
        var from = to is null ? "" : $" from='{to}'";
        await actor.Receives($"<iq type='result' id='ask'{from} to='{actor.Jid}'>{answer}</iq>");
    }

    /// <summary>A request that must be refused with this condition.</summary>
    public static async Task IsRefused(this Actor actor, string type, string? to, string payload, string errorType, string condition)
    {
        var address = to is null ? "" : $" to='{to}'";
        await actor.Sends($"<iq type='{type}' id='ask'{address}>{payload}</iq>");
        var from = to is null ? "" : $" from='{to}'";
        await actor.Receives(
            $"<iq type='error' id='ask'{from} to='{actor.Jid}'><error type='{errorType}'>"
            + $"<{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></iq>");
    }
}
