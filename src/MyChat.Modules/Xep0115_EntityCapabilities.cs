using System.Runtime.CompilerServices;
using MyChat.Server;
using MyChat.Server.Modules;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules;

/// <summary>XEP-0115: Entity Capabilities: the server's own, told with the stream features (§6.3), so that a client need not ask each time.</summary>
[Xep(115, "1.6.0", Note = "Presence is passed on with all it says (no caps#optimize).")]
public sealed class EntityCapabilitiesModule : IXmppModule
{
    private const string Software = "urn:mychat:server";
    private static readonly ConditionalWeakTable<XmppServer, string> _versions = [];

    public void Configure(ModuleBuilder module) => module
        .Feature(EntityCapabilities.Ns)
        .StreamFeature(afterLogin: true, stream => EntityCapabilities.MakeC(Software, VersionOf(stream.Server)));

    /// <summary>The node at which the server answers for the capabilities that it told (§6.2).</summary>
    internal static string NodeOf(XmppServer server) => $"{Software}#{VersionOf(server)}";

    private static string VersionOf(XmppServer server) => _versions.GetValue(server, static server =>
        EntityCapabilities.Verify(ServiceDiscovery.ServerInfo(server))
        ?? throw new InvalidOperationException("Two modules extend the server's disco#info with forms of one type."));
}
