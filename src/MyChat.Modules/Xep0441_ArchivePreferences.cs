using System.Text;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0441: Message Archive Management Preferences: users choose which conversations their side of the log keeps. What they do not choose is
/// the operator's <c>History:Default</c>. The choice is heeded when a message comes, and does not remove what is there.
/// </summary>
[Xep(441, "0.2.0", Note = "Who is on both lists is not kept. What is not kept still waits for whoever is away, and goes when it was received.")]
public sealed class ArchivePreferencesModule : IXmppModule
{
    private const string Kind = "archive";
    private const string Key = "preferences";

    private static readonly StanzaError NotYours = new(StanzaErrorCondition.Forbidden, "Only whoever owns an archive may ask for it.");

    public void Configure(ModuleBuilder module) => module
        .OnAccountLoad(LoadAsync)
        .OnIq(IqType.Get, IqTargets.Self, ArchivePreferences.Prefs, Read)
        .OnIq(IqType.Set, IqTargets.Self, ArchivePreferences.Prefs, WriteAsync)
        .OnIq(IqType.Get, IqTargets.Contact | IqTargets.Nobody, ArchivePreferences.Prefs, Forbid)
        .OnIq(IqType.Set, IqTargets.Contact | IqTargets.Nobody, ArchivePreferences.Prefs, Forbid);

    private static async ValueTask LoadAsync(XmppServer server, Account account)
    {
        var document = await server.Stores.Documents.GetAsync(account.Id, Kind, Key, CancellationToken.None);
        if (document is not null && ArchivePreferences.TryRead(Element.Parse(document, defaultNs: ""), out var preferences, out _))
        {
            account.HistoryPreferences = preferences;
        }
    }

    private static ValueTask<IqReply> Read(IqRequest request, CancellationToken cancellation) =>
        new((request.Account.HistoryPreferences ?? request.Server.HistoryDefault).ToElement());

    private static async ValueTask<IqReply> WriteAsync(IqRequest request, CancellationToken cancellation)
    {
        if (!ArchivePreferences.TryRead(request.Payload, out var preferences, out var error))
        {
            return error;
        }
        var element = preferences.ToElement();
        await request.Server.Stores.Documents.SetAsync(request.Account.Id, Kind, Key, Encoding.UTF8.GetBytes(element.ToString()), cancellation);
        request.Account.HistoryPreferences = preferences;
        return element;
    }

    private static ValueTask<IqReply> Forbid(IqRequest request, CancellationToken cancellation) => new(NotYours);
}
