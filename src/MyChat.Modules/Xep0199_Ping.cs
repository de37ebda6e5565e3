using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules;

/// <summary>XEP-0199: XMPP Ping.</summary>
[Xep(199, "2.0.1")]
public sealed class PingModule : IXmppModule
{
    public void Configure(ModuleBuilder module) => module
        .Feature(Ping.Ns, IqTargets.Server | IqTargets.Self)
        .OnIq(IqType.Get, IqTargets.Self | IqTargets.Server, Ping.Query, Answer);

    private static ValueTask<IqReply> Answer(IqRequest request, CancellationToken cancellation) => new(IqReply.Empty);
}
