using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Server.Streams;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>XEP-0077: In-Band Registration: register, change the password (which ends the other sessions), remove the account.</summary>
[Xep(77, "2.4", Note = "Name and password; a lost account is the operator's to mend.")]
public sealed class InBandRegistration : IXmppModule
{
    private const string Instructions = "Choose a user name and a password. 请选择用户名和密码。";
    private static readonly StanzaError Closed = new(StanzaErrorCondition.NotAllowed, "Registration is closed on this server; ask its operator.");

    public void Configure(ModuleBuilder module) => module
        .Feature(Registration.Ns)
        .StreamFeature(afterLogin: false, stream => IsOpen(stream.Server) ? new Element(Registration.StreamFeature) : null)
        .OnStrangerIq(IqType.Get, Registration.Query, ShowForm)
        .OnStrangerIq(IqType.Set, Registration.Query, RegisterAsync)
        .OnIq(IqType.Get, IqTargets.Self | IqTargets.Server, Registration.Query, ShowAccount)
        .OnIq(IqType.Set, IqTargets.Self | IqTargets.Server, Registration.Query, ChangeAsync);

    private static ValueTask<IqReply> ShowForm(ClientStream stream, Iq iq, CancellationToken cancellation) => new(
        IsOpen(stream.Server)
            ? new Element(
                Registration.Query,
                new Element(Registration.Instructions, Instructions),
                new Element(Registration.Username),
                new Element(Registration.Password))
            : Closed);

    private static async ValueTask<IqReply> RegisterAsync(ClientStream stream, Iq iq, CancellationToken cancellation)
    {
        if (!IsOpen(stream.Server))
        {
            return Closed;
        }
        var query = iq.Payload.Elements[0];
        if (query.Child(Registration.Username)?.Text is not { Length: > 0 } name || query.Child(Registration.Password)?.Text is not { Length: > 0 } password)
        {
            return new StanzaError(StanzaErrorType.Modify, StanzaErrorCondition.NotAcceptable, "A user name and a password are needed.");
        }
        var address = stream.Transport.Remote.Address;
        if (!stream.Server.Registrations.TryAdd(address))
        {
            return new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, "Too many new accounts from your address; try again in an hour.");
        }
        var outcome = await stream.Server.Registry.RegisterAsync(name, password, cancellation);
        if (outcome != RegistrationOutcome.Created)
        {
            stream.Server.Registrations.Undo(address);
        }
        return outcome switch
        {
            RegistrationOutcome.Created => IqReply.Empty,
            RegistrationOutcome.NameTaken => new StanzaError(StanzaErrorCondition.Conflict, "That user name is taken."),
            RegistrationOutcome.BadPassword => new StanzaError(StanzaErrorType.Modify, StanzaErrorCondition.NotAcceptable, "That password has characters that cannot be used."),
            _ => new StanzaError(StanzaErrorCondition.JidMalformed, "That user name has characters that cannot be used, such as spaces or \" & ' / : < > @."),
        };
    }

    private static ValueTask<IqReply> ShowAccount(IqRequest request, CancellationToken cancellation) => new(
        new Element(Registration.Query, new Element(Registration.Registered), new Element(Registration.Username, request.Account.Jid.Localpart)));

    private static async ValueTask<IqReply> ChangeAsync(IqRequest request, CancellationToken cancellation)
    {
        if (request.Payload.Child(Registration.Remove) is not null)
        {
            // §3.2: the answer leaves before the account does.
            request.Session!.Send(request.Iq.ToResult());
            request.Session.Flush();
            await request.Server.Registry.DeleteAsync(request.Account);
            return IqReply.Empty;
        }
        if (request.Payload.Child(Registration.Password)?.Text is not { Length: > 0 } password
            || request.Payload.Child(Registration.Username)?.Text is not { } name)
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, "Give your user name and the new password.");
        }
        if (!Xmpp.Jids.BareJid.TryCreate(name, request.Account.Jid.Domainpart, out var jid) || !jid.Equals(request.Account.Jid))
        {
            return new StanzaError(StanzaErrorCondition.NotAllowed, "That is not your user name.");
        }
        if (!SaslPassword.TryPrepare(password, out _))
        {
            return new StanzaError(StanzaErrorType.Modify, StanzaErrorCondition.NotAcceptable, "That password has characters that cannot be used.");
        }
        var keys = await AccountRegistry.DeriveAsync(password);
        await request.Server.Registry.SetKeysAsync(request.Account, keys, keep: request.Session);
        return IqReply.Empty;
    }

    private static bool IsOpen(XmppServer server) => server.Options.Registration.Mode == RegistrationMode.Open;
}
