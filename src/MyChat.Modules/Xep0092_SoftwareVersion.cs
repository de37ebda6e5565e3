using System.Reflection;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>XEP-0092: Software Version.</summary>
[Xep(92, "1.1", Note = "The operating system is not told (§5).")]
public sealed class SoftwareVersionModule : IXmppModule
{
    private static readonly Element _answer = new(
        SoftwareVersion.Query,
        new Element(SoftwareVersion.Name, "MyChat"),
        new Element(SoftwareVersion.Version, typeof(SoftwareVersionModule).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion));

    public void Configure(ModuleBuilder module) => module
        .Feature(SoftwareVersion.Ns)
        .OnIq(IqType.Get, IqTargets.Server, SoftwareVersion.Query, Answer);

    private static ValueTask<IqReply> Answer(IqRequest request, CancellationToken cancellation) => new(_answer);
}
