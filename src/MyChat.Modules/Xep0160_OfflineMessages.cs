using MyChat.Server.Modules;

namespace MyChat.Modules;

/// <summary>XEP-0160: Handling Offline Messages: that the server keeps what nobody has received (its mailboxes do) is told here (§4).</summary>
[Xep(160, "1.0.1")]
public sealed class OfflineMessages : IXmppModule
{
    public void Configure(ModuleBuilder module) => module.Feature("msgoffline");
}
