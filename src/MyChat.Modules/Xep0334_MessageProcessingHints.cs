using MyChat.Server.Modules;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules;

/// <summary>XEP-0334: Message Processing Hints: that they are heeded (by the rules of storage, and of carbons) is told here.</summary>
[Xep(334, "1.0.0", Note = "no-store, no-permanent-store and store decide about the logs, no-copy about carbons.")]
public sealed class ProcessingHints : IXmppModule
{
    public void Configure(ModuleBuilder module) => module.Feature(MessageProcessingHints.Ns);
}
