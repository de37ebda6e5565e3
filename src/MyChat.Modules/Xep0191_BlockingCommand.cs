using System.Globalization;
using System.Text;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>XEP-0191: Blocking Command: nothing passes between the user and whom the user blocks, who takes the user to be offline.</summary>
[Xep(191, "1.3", Note = "Subscriptions stay as they are (\"polite blocking\", §4).")]
public sealed class BlockingCommand : IXmppModule
{
    /// <summary>Of the document that is the list.</summary>
    public const string Kind = "blocking";
    /// <summary>Its key.</summary>
    public const string Key = "list";

    /// <summary>Addresses that an account may block.</summary>
    public const int MostItems = 1000;

    private static readonly StanzaError IsBlocked = new(
        StanzaErrorType.Cancel, StanzaErrorCondition.NotAcceptable, "You block this address.", new Element(Blocking.Blocked));

    // §3.3: a blocked contact hears what somebody hears who writes to a user that is offline.
    private static readonly StanzaError Unavailable = new(StanzaErrorCondition.ServiceUnavailable);

    public void Configure(ModuleBuilder module) => module
        .Feature(Blocking.Ns)
        .OnAccountLoad(LoadAsync)
        .OnStanza(Direction.Outbound, (account, other, _) => Separates(account, other) ? IsBlocked : null)
        .OnStanza(Direction.Inbound, (account, other, _) => Separates(account, other) ? Unavailable : null)
        .OnIq(IqType.Get, IqTargets.Self, Blocking.List, Read)
        .OnIq(IqType.Set, IqTargets.Self, Blocking.Block, BlockAsync)
        .OnIq(IqType.Set, IqTargets.Self, Blocking.Unblock, UnblockAsync);

    /// <summary>What an account has of this.</summary>
    private sealed record State(BlockList List)
    {
        public int Pushes { get; set; }
    }

    /// <summary>Marks a session that asked for the list, and so gets its changes.</summary>
    private sealed record Interested;

    private static async ValueTask LoadAsync(XmppServer server, Account account)
    {
        var document = await server.Stores.Documents.GetAsync(account.Id, Kind, Key, CancellationToken.None);
        var list = document is not null && Blocking.TryReadItems(Element.Parse(document, defaultNs: ""), out var items, out _) ? items : [];
        account.Set(new State(new BlockList(list)));
    }

    // Never the user's own sessions, nor the server, whatever the list says (§5, note).
    private static bool Separates(Account account, Jid other) =>
        account.Get<State>()?.List.Covers(other) == true && !IsOwn(account, other);

    private static bool IsOwn(Account account, Jid other) => other.Bare.Equals(account.Jid) || other.Equals(account.Jid.Domain);

    private static ValueTask<IqReply> Read(IqRequest request, CancellationToken cancellation)
    {
        request.Session!.Set(new Interested());
        return new(Blocking.Write(Blocking.List, StateOf(request.Account).List.Items));
    }

    private static async ValueTask<IqReply> BlockAsync(IqRequest request, CancellationToken cancellation)
    {
        if (!Blocking.TryReadItems(request.Payload, out var items, out var error))
        {
            return error;
        }
        if (items.Count == 0)
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, "Name at least one address.");
        }
        var list = StateOf(request.Account).List.With(items);
        if (list.Items.Count > MostItems)
        {
            return new StanzaError(StanzaErrorCondition.NotAllowed, $"An account blocks at most {MostItems} addresses.");
        }
        await ChangeAsync(request, list, Blocking.Write(Blocking.Block, items));
        return IqReply.Empty;
    }

    private static async ValueTask<IqReply> UnblockAsync(IqRequest request, CancellationToken cancellation)
    {
        if (!Blocking.TryReadItems(request.Payload, out var items, out var error))
        {
            return error;
        }
        var list = items.Count == 0 ? BlockList.Empty : StateOf(request.Account).List.Without(items);
        await ChangeAsync(request, list, Blocking.Write(Blocking.Unblock, items));
        return IqReply.Empty;
    }

    private static State StateOf(Account account) => account.Get<State>() ?? new State(BlockList.Empty);

    private static async ValueTask ChangeAsync(IqRequest request, BlockList list, Element push)
    {
        var (account, before) = (request.Account, StateOf(request.Account));
        var document = list.Items.Count == 0 ? null : Encoding.UTF8.GetBytes(Blocking.Write(Blocking.List, list.Items).ToString());
        await request.Server.Stores.Documents.SetAsync(account.Id, Kind, Key, document, CancellationToken.None);
        var after = before with { List = list };
        account.Set(after);
        ShowAndHide(request.Server, account, before.List, list);
        Push(account, push, ++after.Pushes);
    }

    // §3.3, §3.5: who is blocked now sees the user go; who no longer is may see the user again.
    private static void ShowAndHide(XmppServer server, Account account, BlockList before, BlockList after)
    {
        var watchers = account.Roster.Items.Select(item => (Jid)item.Jid)
            .Concat(account.Sessions.SelectMany(session => session.SentPresenceTo))
            .Concat(before.Items.Concat(after.Items).OfType<FullJid>())
            .Where(watcher => !IsOwn(account, watcher))
            .ToHashSet();
        foreach (var watcher in watchers)
        {
            switch (before.Covers(watcher), after.Covers(watcher))
            {
                case (false, true):
                    server.HideFrom(account, watcher);
                    break;
                case (true, false):
                    server.ShowTo(account, watcher);
                    break;
            }
        }
    }

    private static void Push(Account account, Element push, int number)
    {
        var payload = new Payload(push);
        var id = "blocking-" + number.ToString(CultureInfo.InvariantCulture);
        foreach (var session in account.Sessions)
        {
            if (session.Get<Interested>() is not null)
            {
                session.Send(new Iq { Type = IqType.Set, To = session.Jid, Id = id, Payload = payload });
            }
        }
    }
}
