using System.Text;
using System.Xml;
using LinqToDB;
using MyChat.Server.Accounts;
using MyChat.Storage.Schema;
using MyChat.Storage.Stores;
using MyChat.Storage.Writer;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Storage.Portable;

/// <summary>
/// Makes accounts of a file of XEP-0227. Until the file is read to its end they have no names: nobody finds them, and one that is found so when
/// the database opens is removed. So an import is done or not done, whatever happens meanwhile, and memory stays flat.
/// </summary>
public sealed class AccountImport
{
    private static readonly XmlWriterSettings Fragment = new()
    {
        Async = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.Entitize,
    };

    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit, // CVE-2011-1753 and kin
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly Database database;
    private readonly string domain;
    private readonly DateTimeOffset now;
    private readonly IProgress<OperationProgress>? progress;
    private readonly List<(ImportedAccount Account, long Id, ImportedMailbox Mailbox)> made = [];
    private readonly HashSet<string> notices = [];

    private AccountImport(Database database, string domain, DateTimeOffset now, IProgress<OperationProgress>? progress) =>
        (this.database, this.domain, this.now, this.progress) = (database, domain, now, progress);

    /// <summary>Reads a file; other files that it includes must be in it already.</summary>
    /// <param name="database">Where to; a server may use it meanwhile.</param>
    /// <param name="domain">The server's domain: that of the file must be the same.</param>
    /// <param name="now">The time.</param>
    /// <param name="input">The file.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellation">Ends it; nothing was changed then.</param>
    /// <exception cref="StorageException">The file is not as it should be, or a name is taken: one line, and nothing was changed.</exception>
    public static async Task<ImportSummary> ReadAsync(
        Database database, string domain, DateTimeOffset now, Stream input, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var import = new AccountImport(database, domain, now, progress);
        using var reader = XmlReader.Create(input, Settings);
        try
        {
            await import.ReadAsync(reader, cancellation);
            await import.NameAsync();
            return new ImportSummary(
                [.. import.made.Select(made => made.Account.Jid.ToString()!)], import.made.Sum(made => made.Mailbox.Messages), [.. import.notices.Order()]);
        }
        catch (Exception failure)
        {
            foreach (var (_, id, _) in import.made)
            {
                await AccountDeletion.DeleteAsync(database.Writer, id);
            }
            throw failure switch
            {
                StorageException or OperationCanceledException => failure,
                XmlException or FormatException or XmlStreamException => new StorageException(
                    $"the file cannot be imported, line {(reader as IXmlLineInfo)?.LineNumber}: {failure.Message.ReplaceLineEndings(" ")}", failure),
                _ => failure,
            };
        }
    }

    private async Task ReadAsync(XmlReader reader, CancellationToken cancellation)
    {
        if (await reader.MoveToContentAsync() != XmlNodeType.Element || !Is(reader, PortableFormat.ServerData))
        {
            throw new FormatException($"expected <server-data xmlns='{PortableFormat.Ns}'> (XEP-0227)");
        }
        await foreach (var _ in ChildrenAsync(reader, cancellation))
        {
            if (!Is(reader, PortableFormat.Host))
            {
                await SkipAsync(reader);
                continue;
            }
            var host = reader.GetAttribute("jid");
            if (!BareJid.TryParse(host, out var jid) || jid.Localpart is not null || jid.Domainpart != domain)
            {
                throw new FormatException($"it is of {host}, and this server's domain is {domain}");
            }
            await foreach (var __ in ChildrenAsync(reader, cancellation))
            {
                await (Is(reader, PortableFormat.User) ? ReadUserAsync(reader, cancellation) : SkipAsync(reader));
            }
        }
        // To the end: what follows must be XML too.
        while (await reader.ReadAsync())
        {
        }
        if (made.Count == 0)
        {
            throw new FormatException("there is no user in it");
        }
    }

    private async Task ReadUserAsync(XmlReader reader, CancellationToken cancellation)
    {
        if (!BareJid.TryCreate(reader.GetAttribute("name") ?? "", domain, out var jid) || jid.Localpart is not { } localpart)
        {
            throw new FormatException($"'{reader.GetAttribute("name")}' cannot be a name");
        }
        var account = new ImportedAccount(jid, now);
        if (reader.GetAttribute("password") is { Length: > 0 } password)
        {
            foreach (var key in await AccountRegistry.DeriveAsync(password))
            {
                account.Add(key);
            }
        }
        var id = await database.Writer.WriteAsync(session => session.Db.InsertWithInt64Identity(new AccountRow { Created = now.ToUnixTimeMilliseconds() }));
        var mailbox = new ImportedMailbox(database, id, jid);
        made.Add((account, id, mailbox));
        await RefuseTakenAsync(localpart);
        var nodes = new ImportedNodes(database, id, now);
        await foreach (var _ in ChildrenAsync(reader, cancellation))
        {
            await ReadPartAsync(reader, account, mailbox, nodes, cancellation);
        }
        await mailbox.FinishAsync();
        if (!account.HasKeys)
        {
            notices.Add($"{jid} has no password: set one with mychat user passwd {localpart}");
        }
    }

    private async Task ReadPartAsync(
        XmlReader reader, ImportedAccount account, ImportedMailbox mailbox, ImportedNodes nodes, CancellationToken cancellation)
    {
        if (Is(reader, PortableFormat.OfflineMessages))
        {
            await foreach (var _ in ChildrenAsync(reader, cancellation))
            {
                await mailbox.AddOfflineAsync(await ElementAsync(reader));
            }
        }
        else if (Is(reader, PortableFormat.Archive))
        {
            await foreach (var _ in ChildrenAsync(reader, cancellation))
            {
                await mailbox.AddResultAsync(await ElementAsync(reader));
                progress?.Report(new OperationProgress($"{account.Jid}", mailbox.Messages, 0));
            }
        }
        else
        {
            var part = await ElementAsync(reader);
            if (!account.Take(part) && !await nodes.TakeAsync(part, notices))
            {
                notices.Add($"left out, for this server does not know it: <{part.Name.Local} xmlns='{part.Name.Ns}'>");
            }
        }
    }

    /// <summary>Gives all accounts their names, at once.</summary>
    private Task<bool> NameAsync() => database.Writer.WriteAsync(session =>
    {
        foreach (var (account, id, mailbox) in made)
        {
            var row = account.Row(id);
            if (session.Db.GetTable<AccountRow>().Any(taken => taken.Localpart == row.Localpart))
            {
                throw Taken(account.Jid);
            }
            var state = mailbox.State;
            (row.Delivered, row.SettledAbove, row.MailboxBytes) = (state.Delivered, SettledIds.Write(state.SettledAbove), state.Bytes);
            session.Db.Update(row);
            AccountStore.InsertKeys(session.Db, id, account.Keys);
            foreach (var contact in account.Roster(id))
            {
                session.Db.Insert(contact);
            }
            foreach (var document in account.Documents(id))
            {
                session.Db.Insert(document);
            }
        }
        return true;
    });

    private async Task RefuseTakenAsync(string localpart)
    {
        var isTaken = await database.Writer.WriteAsync(session => session.Db.GetTable<AccountRow>().Any(row => row.Localpart == localpart));
        if (isTaken || made.SkipLast(1).Any(earlier => earlier.Account.Jid.Localpart == localpart))
        {
            throw Taken(made[^1].Account.Jid);
        }
    }

    private async Task SkipAsync(XmlReader reader)
    {
        notices.Add($"left out, for this server does not know it: <{reader.LocalName} xmlns='{reader.NamespaceURI}'>");
        await reader.ReadOuterXmlAsync();
    }

    private static StorageException Taken(BareJid jid) => new($"{jid} exists already; nothing was imported");

    private static bool Is(XmlReader reader, XName name) => reader.LocalName == name.Local && reader.NamespaceURI == name.Ns;

    /// <summary>Stops at each child of the element that the reader stands at; whoever asks must read the child to its end.</summary>
    private static async IAsyncEnumerable<int> ChildrenAsync(
        XmlReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var isEmpty = reader.IsEmptyElement;
        await reader.ReadAsync();
        for (var count = 0; !isEmpty; count++)
        {
            cancellation.ThrowIfCancellationRequested();
            while (reader.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement))
            {
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                {
                    throw new FormatException("text where elements are expected");
                }
                if (!await reader.ReadAsync())
                {
                    throw new FormatException("it ends in the middle");
                }
            }
            if (reader.NodeType == XmlNodeType.EndElement)
            {
                await reader.ReadAsync();
                yield break;
            }
            yield return count;
        }
    }

    /// <summary>The element that the reader stands at, which it passes.</summary>
    private static async Task<Element> ElementAsync(XmlReader reader)
    {
        var text = new StringBuilder();
        // Not ReadOuterXml, which leaves a tab or a line's end in an attribute as it is: whoever reads that next finds a space.
        await using (var writer = XmlWriter.Create(text, Fragment))
        {
            await writer.WriteNodeAsync(reader, defattr: false);
        }
        return Element.Parse(text.ToString(), defaultNs: "");
    }
}
