using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Routing;

/// <summary>A client reads and changes its roster (RFC 6121 §2).</summary>
internal sealed class RosterRequests : IXmppModule
{
    private const int MostNameBytes = 1023;
    private const int MostGroups = 64;
    private const int MostItemBytes = 4096; // a full roster stays below what one client may be sent

    public void Configure(ModuleBuilder module) => module
        .StreamFeature(afterLogin: true, _ => new Element(RosterNames.VersioningFeature))
        .StreamFeature(afterLogin: true, _ => new Element(RosterNames.PreApprovalFeature))
        .OnIq(IqType.Get, IqTargets.Self, RosterNames.Query, Read)
        .OnIq(IqType.Set, IqTargets.Self, RosterNames.Query, ChangeAsync);

    private static ValueTask<IqReply> Read(IqRequest request, CancellationToken cancellation)
    {
        var roster = request.Account.Roster;
        request.Session!.IsInterested = true;
        if (request.Payload["ver"] is { } known && known == roster.VersionName)
        {
            return new(IqReply.Empty); // §2.6.3: nothing changed
        }
        return new(new Element(RosterNames.Query, ("ver", roster.VersionName), roster.Listed.Select(RosterChanges.ToElement)));
    }

    private static async ValueTask<IqReply> ChangeAsync(IqRequest request, CancellationToken cancellation)
    {
        var items = request.Payload.Elements.ToArray();
        if (items.Length != 1 || items[0].Name != RosterNames.Item || items[0]["jid"] is not { } address)
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, "A roster set has exactly one item with a jid.");
        }
        if (!Jid.TryParse(address, out var jid))
        {
            return new StanzaError(StanzaErrorCondition.JidMalformed);
        }
        if (jid.Bare.Equals(request.Account.Jid))
        {
            return new StanzaError(StanzaErrorCondition.NotAllowed, "That is you.");
        }
        var before = request.Account.Roster.Find(jid.Bare);
        return items[0]["subscription"] == "remove"
            ? await RemoveAsync(request, before)
            : await SetAsync(request, items[0], before ?? new RosterItem(jid.Bare));
    }

    private static async ValueTask<IqReply> SetAsync(IqRequest request, Element item, RosterItem before)
    {
        var groups = item.Children(RosterNames.Group).Select(group => group.Text).ToArray();
        var name = item["name"];
        if (groups.Length > MostGroups || groups.Distinct().Count() != groups.Length)
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, "A group is named twice, or there are too many."); // §2.3.3
        }
        if (groups.Any(group => group.Length == 0) || groups.Append(name ?? "").Any(text => System.Text.Encoding.UTF8.GetByteCount(text) > MostNameBytes))
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable, $"A name or group is empty or longer than {MostNameBytes} bytes.");
        }
        if (groups.Append(name ?? "").Sum(System.Text.Encoding.UTF8.GetByteCount) > MostItemBytes)
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable, $"Name and groups together are longer than {MostItemBytes} bytes.");
        }
        if (!before.Listed && RosterChanges.IsFull(request.Server, request.Account))
        {
            return new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, "The roster is full.");
        }
        var after = before with { Name = string.IsNullOrEmpty(name) ? null : name, Groups = groups, Listed = true };
        await RosterChanges.SaveAsync(request.Server, request.Account, after);
        RosterChanges.Push(request.Account, after);
        return IqReply.Empty;
    }

    private static async ValueTask<IqReply> RemoveAsync(IqRequest request, RosterItem? item)
    {
        if (item is not { Listed: true })
        {
            return new StanzaError(StanzaErrorCondition.ItemNotFound);
        }
        await RosterChanges.SaveAsync(request.Server, request.Account, item with { Listed = false, State = SubscriptionState.None });
        RosterChanges.Push(request.Account, item, removed: true);
        request.Server.Subscriptions.End(request.Account, item);
        return IqReply.Empty;
    }
}
