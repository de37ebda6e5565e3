using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules;

/// <summary>XEP-0202: Entity Time: the server's.</summary>
[Xep(202, "2.0")]
public sealed class EntityTimeModule : IXmppModule
{
    public void Configure(ModuleBuilder module) => module
        .Feature(EntityTime.Ns)
        .OnIq(IqType.Get, IqTargets.Server, EntityTime.Time, Answer);

    private static ValueTask<IqReply> Answer(IqRequest request, CancellationToken cancellation) =>
        new(EntityTime.Make(request.Server.Time.GetLocalNow()));
}
