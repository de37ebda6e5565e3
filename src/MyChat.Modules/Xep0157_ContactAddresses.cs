using MyChat.Server;
using MyChat.Server.Modules;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>XEP-0157: Contact Addresses for XMPP Services: those that the operator set (<see cref="ContactOptions"/>).</summary>
[Xep(157, "1.1.1", Note = "Without status-addresses.")]
public sealed class ContactAddressesModule : IXmppModule
{
    public void Configure(ModuleBuilder module) => module.ServerInformation(Form);

    private static Element? Form(XmppServer server)
    {
        var contact = server.Options.Contact;
        return ContactAddresses.MakeForm(
            ("abuse", contact.Abuse),
            ("admin", contact.Admin),
            ("feedback", contact.Feedback),
            ("sales", contact.Sales),
            ("security", contact.Security),
            ("support", contact.Support));
    }
}
