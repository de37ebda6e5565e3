using System.Runtime.CompilerServices;
using MyChat.Server;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0030: Service Discovery: what the server and its accounts are and can do, as the loaded modules declared it. What an account is or
/// has, and whether it exists, is told only to those who may see its presence (§8).
/// </summary>
[Xep(30, "2.5.0", Note = "Nodes: that of the server's capabilities (XEP-0115), and those of accounts (XEP-0163).")]
[Xep(128, "1.0.1", Note = "For the server.")]
public sealed class ServiceDiscovery : IXmppModule
{
    private const IqTargets Accounts = IqTargets.Self | IqTargets.Contact;
    private static readonly ConditionalWeakTable<XmppServer, Element> _infos = [];
    private static readonly StanzaError NoSuchNode = new(StanzaErrorCondition.ItemNotFound);
    private static readonly StanzaError NobodyToTell = new(StanzaErrorCondition.ServiceUnavailable);

    public void Configure(ModuleBuilder module) => module
        .Feature(Disco.InfoNs, IqTargets.Server | Accounts)
        .Feature(Disco.ItemsNs, IqTargets.Server | Accounts)
        .OnIq(IqType.Get, IqTargets.Server, Disco.Info, DescribeServer)
        .OnIq(IqType.Get, IqTargets.Server, Disco.Items, ListServer)
        .OnIq(IqType.Get, Accounts, Disco.Info, DescribeAccountAsync)
        .OnIq(IqType.Get, Accounts | IqTargets.Nobody, Disco.Items, ListAccountAsync);

    /// <summary>The server's answer to disco#info. It is the same as long as the server runs: modules and options do not change.</summary>
    internal static Element ServerInfo(XmppServer server) => _infos.GetValue(server, static server => Disco.MakeInfo(
        Identities(server, IqTargets.Server).Prepend(new DiscoIdentity("server", "im")).Select(identity => identity with { Name = "MyChat" }),
        Features(server, IqTargets.Server),
        server.Modules.ServerForms.Select(form => form(server)).OfType<Element>()));

    private static ValueTask<IqReply> DescribeServer(IqRequest request, CancellationToken cancellation)
    {
        var node = request.Payload["node"];
        return new(node is null || node == EntityCapabilitiesModule.NodeOf(request.Server)
            ? ServerInfo(request.Server).With(("node", node)) // §3.2: the answer says the node again
            : NoSuchNode);
    }

    private static ValueTask<IqReply> ListServer(IqRequest request, CancellationToken cancellation) =>
        new(request.Payload["node"] is null ? Disco.MakeItems() : NoSuchNode);

    private static async ValueTask<IqReply> DescribeAccountAsync(IqRequest request, CancellationToken cancellation)
    {
        if (!request.Account.SharesPresenceWith(request.From.Bare))
        {
            return NobodyToTell; // §8, rule 1
        }
        if (request.Payload["node"] is not { } node)
        {
            var identities = Identities(request.Server, request.Target).Prepend(new DiscoIdentity("account", "registered"));
            return Disco.MakeInfo(identities, Features(request.Server, request.Target));
        }
        foreach (var describe in request.Server.Modules.AccountNodes)
        {
            if (await describe(request, node, cancellation) is { } info)
            {
                return info.With(("node", node));
            }
        }
        return NoSuchNode;
    }

    private static async ValueTask<IqReply> ListAccountAsync(IqRequest request, CancellationToken cancellation)
    {
        var node = request.Payload["node"];
        var sharesPresence = request.Account.SharesPresenceWith(request.From.Bare);
        var items = new List<Element>();
        var isThere = node is null;
        foreach (var list in request.Server.Modules.AccountItems)
        {
            if (await list(request, node, cancellation) is { } some)
            {
                items.AddRange(some);
                isThere = true;
            }
        }
        if (!isThere && sharesPresence)
        {
            return NoSuchNode;
        }
        // §8, rule 2: a stranger sees nothing but what is open to all, also where there is no account.
        var sessions = node is null && sharesPresence ? request.Account.Sessions.Available.Select(session => session.Jid.ToString()) : [];
        return Disco.MakeItems(sessions).With(("node", node), items);
    }

    private static IEnumerable<DiscoIdentity> Identities(XmppServer server, IqTargets target) =>
        server.Modules.Identities.Where(identity => identity.Where.HasFlag(target)).Select(identity => new DiscoIdentity(identity.Category, identity.Type));

    private static IEnumerable<string> Features(XmppServer server, IqTargets target) =>
        server.Modules.Features.Where(feature => feature.Where.HasFlag(target)).Select(feature => feature.Name);
}
