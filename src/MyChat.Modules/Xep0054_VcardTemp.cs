using System.Text;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0054: vcard-temp: everybody keeps one's own vCard, everybody here may read it (§5: it is public), and the names in it are what people are
/// found by (<see cref="UserSearch"/>). The photo is the avatar of XEP-0153, whose hash clients put into their presence themselves.
/// </summary>
[Xep(54, "1.3.0", Note = "At most 128 KiB, photos at most 64 KiB.")]
[Xep(153, "1.1.1", Note = "The photo is kept as part of the vCard; its hash in presence is the client's.")]
public sealed class VCardModule(IUserDirectory directory) : IXmppModule
{
    /// <summary>Of the document that is the card.</summary>
    public const string Kind = "vcard";
    private static readonly StanzaError NoneYet = new(StanzaErrorCondition.ItemNotFound);
    private static readonly StanzaError NothingToSee = new(StanzaErrorCondition.ServiceUnavailable);
    private static readonly StanzaError NotYours = new(StanzaErrorCondition.Forbidden, "That is somebody else's vCard.");

    public void Configure(ModuleBuilder module) => module
        .Feature(VCardTemp.Ns, IqTargets.Server | IqTargets.Self | IqTargets.Contact)
        .OnIq(IqType.Get, IqTargets.Self | IqTargets.Contact, VCardTemp.VCard, ReadAsync)
        .OnIq(IqType.Set, IqTargets.Self, VCardTemp.VCard, KeepAsync)
        .OnIq(IqType.Set, IqTargets.Contact | IqTargets.Nobody, VCardTemp.VCard, Refuse);

    private static async ValueTask<IqReply> ReadAsync(IqRequest request, CancellationToken cancellation)
    {
        var document = await request.Server.Stores.Documents.GetAsync(request.Account.Id, Kind, "", cancellation);
        if (document is null)
        {
            return request.Target == IqTargets.Self ? NoneYet : NothingToSee; // §3.3: as where there is no account
        }
        return Element.Parse(document);
    }

    private async ValueTask<IqReply> KeepAsync(IqRequest request, CancellationToken cancellation)
    {
        var vcard = request.Payload;
        if (VCardTemp.FindFault(vcard) is { } fault)
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable, fault);
        }
        var document = vcard.Elements.Any() ? Encoding.UTF8.GetBytes(vcard.ToString()) : null; // an empty one takes it away
        await request.Server.Stores.Documents.SetAsync(request.Account.Id, Kind, "", document, cancellation);
        var card = await directory.GetAsync(request.Account.Id, cancellation);
        var named = card with { Nickname = VCardTemp.TextOf(vcard, VCardTemp.Nickname), FullName = VCardTemp.TextOf(vcard, VCardTemp.FullName) };
        if (named != card)
        {
            await directory.SetAsync(request.Account.Id, named, cancellation);
        }
        return IqReply.Empty;
    }

    private static ValueTask<IqReply> Refuse(IqRequest request, CancellationToken cancellation) => new(NotYours); // §3.2
}
