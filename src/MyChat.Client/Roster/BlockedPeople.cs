using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>Whom the user blocks (XEP-0191): fetched, kept for the time without a connection, and followed by pushes.</summary>
internal sealed class BlockedPeople(ClientContext context)
{
    private const string Key = "blocked";
    private volatile BlockList _list = BlockList.Empty;

    /// <summary>Inside the turn in which it has changed.</summary>
    public event Action? Changed;

    public IReadOnlyList<BareJid> All => [.. _list.Items.OfType<BareJid>().OrderBy(jid => jid.ToString(), StringComparer.Ordinal)];

    public bool Covers(BareJid jid) => _list.Covers(jid);

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await context.Store.ReadDocumentsAsync(Key, cancellationToken).ConfigureAwait(false);
        if (documents.TryGetValue(Key, out var document))
        {
            _list = new BlockList(document.Split('\n').Select(line => Jid.TryParse(line, out var jid) ? jid : null).OfType<Jid>());
        }
    }

    /// <summary>A server without blocking leaves the list empty.</summary>
    public async Task FetchAsync(CancellationToken cancellationToken)
    {
        var list = BlockList.Empty;
        try
        {
            var answer = await context.RequestAsync(IqType.Get, new Element(Blocking.List), cancellationToken).ConfigureAwait(false);
            list = new BlockList(Read(answer.Payload.Child(Blocking.List)));
        }
        catch (StanzaErrorException)
        {
            // Not offered.
        }
        using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            await SetAsync(list, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task BlockAsync(BareJid jid, CancellationToken cancellationToken) => ChangeAsync(Blocking.Block, [jid], cancellationToken);

    public Task UnblockAsync(BareJid jid, CancellationToken cancellationToken) =>
        // An unblock that names nobody unblocks all (§3.5).
        _list.Items.Contains(jid) ? ChangeAsync(Blocking.Unblock, [jid], cancellationToken) : Task.CompletedTask;

    /// <summary>Inside a turn: a push (§3.3); false for another stanza.</summary>
    public async ValueTask<bool> TakePushAsync(Iq iq, CancellationToken cancellationToken)
    {
        if (iq.Type != IqType.Set || (iq.Payload.First != Blocking.Block && iq.Payload.First != Blocking.Unblock) || !context.IsFromOwnAccount(iq))
        {
            return false;
        }
        await ApplyAsync(iq.Payload.Elements[0], cancellationToken).ConfigureAwait(false);
        await context.AnswerAsync(iq.ToResult(), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task ChangeAsync(XName command, IReadOnlyList<Jid> jids, CancellationToken cancellationToken)
    {
        var element = Blocking.Write(command, jids);
        await context.RequestAsync(IqType.Set, element, cancellationToken).ConfigureAwait(false);
        // The push says the same, before or after.
        using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            await ApplyAsync(element, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask ApplyAsync(Element command, CancellationToken cancellationToken)
    {
        var jids = Read(command);
        return SetAsync(
            command.Name == Blocking.Block ? _list.With(jids) : jids.Count == 0 ? BlockList.Empty : _list.Without(jids), cancellationToken);
    }

    private async ValueTask SetAsync(BlockList list, CancellationToken cancellationToken)
    {
        if (list.Items.Count == _list.Items.Count && !list.Items.Except(_list.Items).Any())
        {
            return;
        }
        _list = list;
        var batch = new StoreBatch { Documents = { [Key] = list.Items.Count == 0 ? null : string.Join('\n', list.Items) } };
        await context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        Changed?.Invoke();
        context.Raise(Changes.Contacts | Changes.Notices);
    }

    private static IReadOnlyList<Jid> Read(Element? element) => element is not null && Blocking.TryReadItems(element, out var items, out _) ? items : [];
}
