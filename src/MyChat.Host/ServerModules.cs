using MyChat.Modules;
using MyChat.Server.Modules;

namespace MyChat.Host;

/// <summary>The one list of what this server can do beyond RFC 6120: the order of the list is the order inside a message stage.</summary>
public static class ServerModules
{
    public static IReadOnlyList<IXmppModule> Create(IServiceProvider services)
    {
        var eventing = new PersonalEventing(services.GetRequiredService<INodeStore>());
        return
        [
            new InBandRegistration(),
            new PingModule(),
            new StanzaIdGuard(),
            new BlockingCommand(),
            new MessageCarbons(),
            new ClientStateIndication(),
            new PrivateXmlStorage(),
            new OfflineMessages(),
            new ProcessingHints(),
            new MessageArchiveModule(),
            new ArchivePreferencesModule(),
            new ServiceDiscovery(),
            new EntityCapabilitiesModule(),
            new ContactAddressesModule(),
            new SoftwareVersionModule(),
            new EntityTimeModule(),
            new LastActivityModule(),
            new VCardModule(services.GetRequiredService<IUserDirectory>()),
            new UserSearch(services.GetRequiredService<IUserDirectory>()),
            eventing,
            new DisplayedSynchronizationModule(eventing),
        ];
    }
}
