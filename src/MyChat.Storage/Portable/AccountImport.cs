using System.Text;
using System.Xml;
using MyChat.Server.Accounts;
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
    private readonly ImportedAccounts accounts;
    private readonly HashSet<string> notices = [];
    private readonly StringBuilder text = new();
    private readonly XmlWriter fragment; // one for all: each has large buffers
    private long messages;

    private AccountImport(Database database, string domain, DateTimeOffset now)
    {
        (this.database, this.domain, this.now) = (database, domain, now);
        accounts = new ImportedAccounts(database, now);
        fragment = XmlWriter.Create(text, Fragment);
    }

    /// <summary>Reads a file; other files that it includes must be in it already.</summary>
    /// <param name="database">Where to; a server may use it meanwhile.</param>
    /// <param name="domain">The server's domain: that of the file must be the same.</param>
    /// <param name="now">The time.</param>
    /// <param name="input">The file.</param>
    /// <param name="cancellation">Ends it; nothing was changed then.</param>
    /// <exception cref="StorageException">The file is not as it should be, or a name is taken: one line, and nothing was changed.</exception>
    public static async Task<ImportSummary> ReadAsync(
        Database database, string domain, DateTimeOffset now, Stream input, CancellationToken cancellation)
    {
        var import = new AccountImport(database, domain, now);
        using var reader = XmlReader.Create(input, Settings);
        try
        {
            await import.ReadAsync(reader, cancellation);
            await import.accounts.NameAsync();
            return new ImportSummary(import.accounts.Names, import.messages, [.. import.notices.Order()]);
        }
        catch (Exception failure)
        {
            await import.accounts.RemoveAsync();
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
        if (accounts.Count == 0)
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
        var id = await accounts.BeginAsync(jid);
        var mailbox = new ImportedMailbox(database, id, jid);
        var nodes = new ImportedNodes(database, id, now);
        await foreach (var _ in ChildrenAsync(reader, cancellation))
        {
            await ReadPartAsync(reader, account, mailbox, nodes, cancellation);
        }
        await mailbox.FinishAsync();
        await accounts.FinishAsync(account, id, mailbox.State);
        messages += mailbox.Messages;
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

    private async Task SkipAsync(XmlReader reader)
    {
        notices.Add($"left out, for this server does not know it: <{reader.LocalName} xmlns='{reader.NamespaceURI}'>");
        await reader.ReadOuterXmlAsync();
    }

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
    private async Task<Element> ElementAsync(XmlReader reader)
    {
        // Not ReadOuterXml, which leaves a tab or a line's end in an attribute as it is: whoever reads that next finds a space.
        await fragment.WriteNodeAsync(reader, defattr: false);
        await fragment.FlushAsync();
        var element = Element.Parse(text.ToString(), defaultNs: "");
        text.Clear();
        return element;
    }
}
