using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using MyChat.Modules;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;
using MyChat.Storage.Stores;
using MyChat.Storage.Transfer;
using MyChat.Storage.Writer;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Storage.Portable;

/// <summary>Writes all that belongs to an account as XEP-0227 has it, part by part: memory stays flat however long its history is.</summary>
public sealed class AccountExport
{
    private const int Piece = 64 * 1024;

    private readonly ArrayBufferWriter<byte> buffer = new(2 * Piece);
    private readonly DataConnection db;
    private readonly BareJid jid;
    private readonly AccountRow account;
    private readonly EntryIds ids;
    private readonly Stream output;
    private readonly IProgress<OperationProgress>? progress;

    private AccountExport(DataConnection db, BareJid jid, AccountRow account, EntryIds ids, Stream output, IProgress<OperationProgress>? progress) =>
        (this.db, this.jid, this.account, this.ids, this.output, this.progress) = (db, jid, account, ids, output, progress);

    /// <summary>Writes an account as it is at this moment; others may go on using the database.</summary>
    /// <param name="database">Where it is.</param>
    /// <param name="jid">Whose.</param>
    /// <param name="isWhole">Whether the file stands by itself; else it is only the user's element, which another file includes (§4).</param>
    /// <param name="output">Where to.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StorageException">There is no such account.</exception>
    public static async Task WriteAsync(
        Database database, BareJid jid, bool isWhole, Stream output, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        using var ids = new EntryIds(await new SecretStore(database).GetOrCreateAsync("entry-ids", EntryIds.KeyBytes, cancellation));
        await database.Writer.FileAsync().WaitAsync(cancellation);
        await using var snapshot = await Snapshot.OpenAsync(database.Provider, cancellation);
        await using var db = new DataConnection(new DataOptions().UseConnection(database.Provider.Linq, snapshot.Connection, disposeConnection: false));
        db.CommandTimeout = 0;
        var localpart = jid.Localpart;
        var row = await db.GetTable<AccountRow>().FirstOrDefaultAsync(row => row.Localpart == localpart, cancellation)
            ?? throw new StorageException($"{jid} does not exist");
        await new AccountExport(db, jid, row, ids, output, progress).WriteAsync(isWhole, cancellation);
    }

    private async Task WriteAsync(bool isWhole, CancellationToken cancellation)
    {
        Raw("<?xml version='1.0' encoding='UTF-8'?>\n");
        Raw(isWhole ? $"<server-data xmlns='{PortableFormat.Ns}'>\n<host jid='{Escape(jid.Domainpart)}'>\n<user" : $"<user xmlns='{PortableFormat.Ns}'");
        Raw($" name='{Escape(jid.Localpart!)}'>\n"); // an account's address has a name
        await WriteKeysAsync(cancellation);
        await WriteRosterAsync(cancellation);
        await WriteDocumentsAsync(cancellation);
        await WriteNodesAsync(cancellation);
        Raw("<offline-messages>\n");
        var settled = SettledIds.Read(account.SettledAbove).ToHashSet();
        await WriteEntriesAsync(Received(), entry => WriteOffline(entry, settled), "undelivered messages", cancellation);
        Raw($"</offline-messages>\n<archive xmlns='{PortableFormat.ArchiveNs}'>\n");
        await WriteEntriesAsync(Kept(), WriteResult, "history", cancellation);
        Raw(isWhole ? "</archive>\n</user>\n</host>\n</server-data>\n" : "</archive>\n</user>\n");
        await FlushAsync(cancellation);
    }

    private async Task WriteKeysAsync(CancellationToken cancellation)
    {
        var rows = await db.GetTable<CredentialRow>().Where(row => row.Account == account.Id).OrderBy(row => row.Hash).ToListAsync(cancellation);
        foreach (var row in rows)
        {
            var hash = row.Hash == "SHA-1" ? ScramHash.Sha1 : ScramHash.Sha256;
            Write(PortableFormat.Write(new ScramKeys(hash, row.Salt, row.Iterations, row.StoredKey, row.ServerKey)));
        }
        Write(new Element(
            PortableFormat.Account,
            Attribute("created", Time(account.Created)),
            account.Hidden ? Attribute("hidden", "true") : null));
    }

    private async Task WriteRosterAsync(CancellationToken cancellation)
    {
        var rows = await db.GetTable<RosterRow>().Where(row => row.Account == account.Id).OrderBy(row => row.Jid).ToListAsync(cancellation);
        Raw($"<query xmlns='{Ns.Roster}'>\n");
        foreach (var row in rows.Where(row => row.Listed))
        {
            Write(Item(row), Ns.Roster);
        }
        Raw("</query>\n");
        foreach (var row in rows.Where(row => ((SubscriptionState)row.State).HasFlag(SubscriptionState.PendingIn)))
        {
            Write(Request(row));
        }
    }

    private static Element Item(RosterRow row)
    {
        var state = (SubscriptionState)row.State;
        return new Element(RosterNames.Item, [
            Attribute("jid", row.Jid),
            row.Name is null ? null : Attribute("name", row.Name),
            Attribute("subscription", (state & SubscriptionState.Both) switch
            {
                SubscriptionState.Both => "both",
                SubscriptionState.To => "to",
                SubscriptionState.From => "from",
                _ => "none",
            }),
            state.HasFlag(SubscriptionState.PendingOut) ? Attribute("ask", "subscribe") : null,
            state.HasFlag(SubscriptionState.Approved) ? Attribute("approved", "true") : null,
            .. (JsonSerializer.Deserialize<string[]>(row.GroupNames) ?? []).Select(group => new Element(RosterNames.Group, group))]);
    }

    // §3.8: the request as it came, if it is kept; its sender is the contact in any case.
    private static Element Request(RosterRow row) => row.Request is { Length: > 0 } request
        ? Element.Parse(request).With(Attribute("from", row.Jid))
        : new Element(new XName(Ns.Client, "presence"), Attribute("type", "subscribe"), Attribute("from", row.Jid));

    private async Task WriteDocumentsAsync(CancellationToken cancellation)
    {
        Raw($"<query xmlns='{PrivateXml.Ns}'>\n");
        foreach (var document in await DocumentsAsync(PrivateXmlStorage.Kind, cancellation))
        {
            Write(Element.Parse(document, defaultNs: ""), PrivateXml.Ns);
        }
        Raw("</query>\n");
        foreach (var document in await DocumentsAsync(VCardModule.Kind, cancellation))
        {
            Write(Element.Parse(document));
        }
        foreach (var document in await DocumentsAsync(BlockingCommand.Kind, cancellation))
        {
            var list = Element.Parse(document, defaultNs: "");
            if (Blocking.TryReadItems(list, out var blocked, out _))
            {
                Write(PortableFormat.WritePrivacy(blocked));
                Write(list);
            }
        }
    }

    private async Task WriteNodesAsync(CancellationToken cancellation)
    {
        var nodes = await db.GetTable<NodeRow>().Where(row => row.Account == account.Id).OrderBy(row => row.Name).ToListAsync(cancellation);
        if (nodes.Count == 0)
        {
            return;
        }
        Raw($"<pubsub xmlns='{PubSub.OwnerNs}'>\n");
        foreach (var node in nodes)
        {
            Write(new Element(PubSub.OwnerConfigure, Attribute("node", node.Name), NodeStore.Read(node).Configuration.ToSubmittedForm()), PubSub.OwnerNs);
        }
        Raw($"</pubsub>\n<pubsub xmlns='{PubSub.Ns}'>\n");
        foreach (var node in nodes)
        {
            Raw(new Element(PubSub.Items, Attribute("node", node.Name)).ToString()[..^"/>".Length] + ">\n");
            var items = db.GetTable<NodeItemRow>().Where(row => row.Node == node.Id).OrderBy(row => row.Place);
            await foreach (var item in items.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                Write(new Element(PubSub.Item, Attribute("id", item.Name), Element.Parse(item.Payload, defaultNs: "")), PubSub.Ns);
                await FlushIfFullAsync(cancellation);
            }
            Raw("</items>\n");
        }
        Raw("</pubsub>\n");
    }

    private Task<List<byte[]>> DocumentsAsync(string kind, CancellationToken cancellation) => db.GetTable<DocumentRow>()
        .Where(row => row.Account == account.Id && row.Kind == kind).OrderBy(row => row.Name).Select(row => row.Content).ToListAsync(cancellation);

    private IQueryable<Entry> Received() =>
        Entries().Where(entry => entry.Id > account.Delivered && (entry.Flags & MailboxRow.Received) != 0);

    private IQueryable<Entry> Kept() => Entries().Where(entry => (entry.Flags & MailboxRow.Transient) == 0);

    private IQueryable<Entry> Entries() =>
        from entry in db.GetTable<MailboxRow>()
        join message in db.GetTable<MessageRow>() on entry.Id equals message.Id
        where entry.Account == account.Id
        orderby entry.Id
        select new Entry { Id = entry.Id, Flags = entry.Flags, Stamp = message.Stamp, Stanza = message.Stanza };

    private async Task WriteEntriesAsync(IQueryable<Entry> entries, Action<Entry> write, string step, CancellationToken cancellation)
    {
        var done = 0L;
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            write(entry);
            if (await FlushIfFullAsync(cancellation))
            {
                progress?.Report(new OperationProgress(step, done, 0));
            }
            done++;
        }
        progress?.Report(new OperationProgress(step, done, 0));
    }

    // What is in the archive too bears the same id there; what is not is not kept once it is delivered.
    private void WriteOffline(Entry entry, HashSet<long> settled)
    {
        if (settled.Contains(entry.Id))
        {
            return;
        }
        var id = (entry.Flags & MailboxRow.Transient) == 0 ? ids.Encode(account.Id, entry.Id) : null;
        new EntryView(entry.Stanza, id, jid, Target, DateTimeOffset.FromUnixTimeMilliseconds(entry.Stamp)).WriteMessage(buffer, xmlns: true, withDelay: true);
        Raw("\n");
    }

    private void WriteResult(Entry entry)
    {
        Raw($"<result xmlns='{PortableFormat.ArchiveResultNs}' id='{ids.Encode(account.Id, entry.Id)}'><forwarded xmlns='{Ns.Forward}'>");
        Raw($"<delay xmlns='{Ns.Delay}' stamp='{Time(entry.Stamp)}'/>");
        new EntryView(entry.Stanza, null, jid, Target, null).WriteMessage(buffer, xmlns: true, withDelay: false);
        Raw("</forwarded></result>\n");
    }

    // Whom a view is for; nothing of it is written.
    private FullJid Target => FullJid.Parse($"{jid}/export");

    private static string Time(long stamp) =>
        DateTimeOffset.FromUnixTimeMilliseconds(stamp).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static KeyValuePair<XName, string> Attribute(string name, string value) => new(new XName("", name), value);

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);

    private void Write(Element element, string defaultNs = PortableFormat.Ns)
    {
        element.WriteTo(buffer, defaultNs);
        Raw("\n");
    }

    private void Raw(string text) => buffer.Write(Encoding.UTF8.GetBytes(text));

    private async ValueTask<bool> FlushIfFullAsync(CancellationToken cancellation)
    {
        var isFull = buffer.WrittenCount >= Piece;
        if (isFull)
        {
            await FlushAsync(cancellation);
        }
        return isFull;
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await output.WriteAsync(buffer.WrittenMemory, cancellation);
        buffer.ResetWrittenCount();
    }

    private sealed class Entry
    {
        public long Id { get; init; }
        public int Flags { get; init; }
        public long Stamp { get; init; }
        public byte[] Stanza { get; init; } = [];
    }
}
