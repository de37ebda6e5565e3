using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0055: Jabber Search: people of this server, found by a part of their user name, nickname or full name (from the vCard), or by their
/// whole address; in plain fields, or in a form (XEP-0004) with the one field <c>search</c>.
/// <para>Who does not want to be found says so to the own account: an iq set with
/// <c>&lt;directory xmlns='urn:mychat:directory:0'&gt;&lt;hidden/&gt;&lt;/directory&gt;</c>, without <c>&lt;hidden/&gt;</c> to be found again; a get
/// answers in the same way.</para>
/// </summary>
[Xep(55, "1.3", Note = "At most 50 people are shown; who does not want to be found says so in urn:mychat:directory:0.")]
public sealed class UserSearch(IUserDirectory directory) : IXmppModule
{
    private const int MostHits = 50;
    private const int Burst = 20;
    private static readonly TimeSpan OneMorePer = TimeSpan.FromSeconds(1);

    private const string Instructions = "Part of a user name, nickname or name, or a whole address. 输入用户名、昵称、姓名的一部分，或完整地址。";
    private static readonly string More = $"Only the first {MostHits} are shown; say more of the name. 仅显示前 {MostHits} 个结果，请输入更多内容。";

    /// <summary>When this account's searches so far are paid for, at one per <see cref="OneMorePer"/>.</summary>
    private sealed class Spent
    {
        public DateTimeOffset PaidAt { get; set; }
    }

    public void Configure(ModuleBuilder module) => module
        .Feature(JabberSearch.Ns)
        .Feature(DataForms.Ns)
        .Feature(PeopleDirectory.Ns, IqTargets.Self)
        .Identity("directory", "user")
        .OnIq(IqType.Get, IqTargets.Server, JabberSearch.Query, ShowFields)
        .OnIq(IqType.Set, IqTargets.Server, JabberSearch.Query, SearchAsync)
        .OnIq(IqType.Get, IqTargets.Self, PeopleDirectory.Directory, ShowVisibilityAsync)
        .OnIq(IqType.Set, IqTargets.Self, PeopleDirectory.Directory, ChangeVisibilityAsync);

    private static ValueTask<IqReply> ShowFields(IqRequest request, CancellationToken cancellation) => new(new Element(
        JabberSearch.Query,
        new Element(JabberSearch.Instructions, Instructions),
        new Element(JabberSearch.Nick),
        DataForms.Make(
            "form",
            JabberSearch.Ns,
            Instructions,
            DataForms.MakeField(JabberSearch.SearchVar, "text-single", "Name or address"))));

    private async ValueTask<IqReply> SearchAsync(IqRequest request, CancellationToken cancellation)
    {
        if (JabberSearch.Asked(request.Payload) is not [var asked])
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable, "Fill in one field.");
        }
        var folded = JabberSearch.Fold(asked);
        if (!JabberSearch.IsLongEnough(folded))
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable, "Give two characters at least, or one of Chinese, Japanese or Korean.");
        }
        if (!MaySearch(request.Account, request.Server.Time.GetUtcNow()))
        {
            return new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, "Too many searches; wait some seconds.");
        }
        var hits = IsAddress(folded, request.Server, out var jid)
            ? await FindAsync(jid, request.Server, cancellation)
            : await directory.SearchAsync(folded, MostHits + 1, cancellation);
        var isForm = request.Payload.Child(DataForms.Form) is not null;
        var domain = request.Server.Domain.Domainpart;
        return isForm ? FormResult(hits, domain) : PlainResult(hits, domain);
    }

    private async ValueTask<IqReply> ShowVisibilityAsync(IqRequest request, CancellationToken cancellation) =>
        PeopleDirectory.Make((await directory.GetAsync(request.Account.Id, cancellation)).Hidden);

    private async ValueTask<IqReply> ChangeVisibilityAsync(IqRequest request, CancellationToken cancellation)
    {
        var card = await directory.GetAsync(request.Account.Id, cancellation);
        await directory.SetAsync(request.Account.Id, card with { Hidden = request.Payload.Child(PeopleDirectory.Hidden) is not null }, cancellation);
        return IqReply.Empty;
    }

    // A leaky bucket: each search moves the day of payment on, and it may lie so far ahead as the burst is long.
    private static bool MaySearch(Account account, DateTimeOffset now)
    {
        if (account.Get<Spent>() is not { } spent)
        {
            account.Set(spent = new Spent());
        }
        var paidAt = (spent.PaidAt > now ? spent.PaidAt : now) + OneMorePer;
        if (paidAt > now + (Burst * OneMorePer))
        {
            return false;
        }
        spent.PaidAt = paidAt;
        return true;
    }

    private static bool IsAddress(string folded, XmppServer server, out BareJid jid)
    {
        jid = Jid.TryParse(folded, out var parsed) ? parsed.Bare : server.Domain;
        return jid.Localpart is not null && jid.Domainpart == server.Domain.Domainpart;
    }

    private async ValueTask<IReadOnlyList<DirectoryHit>> FindAsync(BareJid jid, XmppServer server, CancellationToken cancellation)
    {
        if (await server.Stores.Accounts.FindAsync(jid.Localpart!, cancellation) is not { } account)
        {
            return [];
        }
        var card = await directory.GetAsync(account.Id, cancellation);
        return card.Hidden ? [] : [new DirectoryHit(account.Localpart, card.Nickname, card.FullName)];
    }

    // §8: an item has all four, though we know no e-mail address and do not take names apart.
    private static Element PlainResult(IReadOnlyList<DirectoryHit> hits, string domain) => new(
        JabberSearch.Query,
        hits.Count > MostHits ? new Element(JabberSearch.Instructions, More) : null,
        hits.Take(MostHits).Select(hit => new Element(
            JabberSearch.Item,
            ("jid", $"{hit.Localpart}@{domain}"),
            new Element(JabberSearch.First, hit.FullName),
            new Element(JabberSearch.Last),
            new Element(JabberSearch.Nick, hit.Nickname),
            new Element(JabberSearch.Email))));

    private static Element FormResult(IReadOnlyList<DirectoryHit> hits, string domain) => new(
        JabberSearch.Query,
        DataForms.Make(
            "result",
            JabberSearch.Ns,
            hits.Count > MostHits ? More : null,
            [
                new Element(
                    DataForms.Reported,
                    DataForms.MakeField("jid", "jid-single", "Address"),
                    DataForms.MakeField("nick", "text-single", "Nickname"),
                    DataForms.MakeField("first", "text-single", "Name")),
                .. hits.Take(MostHits).Select(hit => new Element(
                    DataForms.Item,
                    DataForms.MakeField("jid", null, null, $"{hit.Localpart}@{domain}"),
                    DataForms.MakeField("nick", null, null, hit.Nickname ?? ""),
                    DataForms.MakeField("first", null, null, hit.FullName ?? ""))),
            ]));
}
