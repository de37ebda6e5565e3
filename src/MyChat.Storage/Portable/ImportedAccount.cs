using System.Globalization;
using System.Text;
using System.Text.Json;
using MyChat.Modules;
using MyChat.Storage.Schema;
using MyChat.Storage.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Storage.Portable;

/// <summary>All of an account but its messages, gathered from a file before anything of it counts.</summary>
internal sealed class ImportedAccount(BareJid jid, DateTimeOffset now)
{
    private readonly Dictionary<string, RosterRow> roster = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Name), byte[]> documents = [];
    private readonly HashSet<Jid> blocked = [];
    private readonly Dictionary<ScramHash, ScramKeys> keys = [];
    private DateTimeOffset created = now;
    private bool isHidden;
    private string? nickname;
    private string? fullName;

    public BareJid Jid => jid;

    public bool HasKeys => keys.Count > 0;

    /// <summary>About how much there is to keep.</summary>
    public int Bytes => documents.Values.Sum(content => content.Length) + (roster.Count * 100);

    public void Add(ScramKeys key)
    {
        if (!keys.TryAdd(key.Hash, key))
        {
            throw new FormatException("two credentials for one mechanism");
        }
    }

    /// <summary>Takes a part of the user's element; false when it is not known here.</summary>
    /// <exception cref="FormatException">It is not as it should be.</exception>
    public bool Take(Element part)
    {
        switch (part.Name)
        {
            case var name when name == PortableFormat.Keys:
                return TakeKeys(part);
            case var name when name == RosterNames.Query:
                TakeRoster(part);
                return true;
            case var name when name == new XName(Ns.Client, "presence"):
                TakeRequest(part);
                return true;
            case var name when name == PrivateXml.Query:
                TakePrivate(part);
                return true;
            case var name when name == VCardTemp.VCard:
                TakeCard(part);
                return true;
            case var name when name == PortableFormat.Privacy:
                blocked.UnionWith(PortableFormat.ReadPrivacy(part));
                return true;
            case var name when name == Blocking.List:
                TakeBlocked(part);
                return true;
            case var name when name == PortableFormat.Account:
                TakeAccount(part);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The account's row once it is whole; its number and its cursor are not of the file.</summary>
    public AccountRow Row(long id) => new()
    {
        Id = id,
        Localpart = jid.Localpart,
        Created = created.ToUnixTimeMilliseconds(),
        Nickname = nickname,
        FullName = fullName,
        Hidden = isHidden,
        Search = UserDirectory.SearchText(jid.Localpart!, nickname, fullName), // an account's address has a name
    };

    public IEnumerable<RosterRow> Roster(long account) => roster.Values.Select(row =>
    {
        row.Account = account;
        return row;
    });

    public IEnumerable<DocumentRow> Documents(long account)
    {
        if (blocked.Count > 0)
        {
            var list = Blocking.Write(Blocking.List, blocked.OrderBy(jid => jid.ToString(), StringComparer.Ordinal)).ToString();
            documents[(BlockingCommand.Kind, BlockingCommand.Key)] = Encoding.UTF8.GetBytes(list);
        }
        return documents.Select(document => new DocumentRow { Account = account, Kind = document.Key.Kind, Name = document.Key.Name, Content = document.Value });
    }

    public IReadOnlyList<ScramKeys> Keys => [.. keys.Values];

    private bool TakeKeys(Element part)
    {
        if (PortableFormat.ReadKeys(part) is not { } key)
        {
            return false;
        }
        Add(key);
        return true;
    }

    private void TakeRoster(Element part)
    {
        foreach (var item in part.Children(RosterNames.Item))
        {
            if (!BareJid.TryParse(item["jid"], out var contact) || contact.Equals(jid))
            {
                throw new FormatException($"a contact that is no address: {item["jid"]}");
            }
            var state = item["subscription"] switch
            {
                null or "none" => SubscriptionState.None,
                "to" => SubscriptionState.To,
                "from" => SubscriptionState.From,
                "both" => SubscriptionState.Both,
                var other => throw new FormatException($"a contact with subscription='{other}'"),
            };
            var row = RowOf(contact);
            row.Name = item["name"];
            row.GroupNames = JsonSerializer.Serialize(item.Children(RosterNames.Group).Select(group => group.Text).Distinct().ToArray());
            row.Listed = true;
            row.State |= (int)(state | (item["ask"] == "subscribe" ? SubscriptionState.PendingOut : 0)
                | (item["approved"] is "true" or "1" ? SubscriptionState.Approved : 0));
        }
    }

    private void TakeRequest(Element part)
    {
        if (part["type"] != "subscribe" || !BareJid.TryParse(part["from"], out var contact) || contact.Equals(jid))
        {
            throw new FormatException("a presence that is no request of somebody");
        }
        var row = RowOf(contact);
        row.State |= (int)SubscriptionState.PendingIn;
        row.Request = ImportedMessage.Utf8(part);
    }

    private RosterRow RowOf(BareJid contact)
    {
        var key = contact.ToString()!; // an address always has a text
        return roster.TryGetValue(key, out var row) ? row : roster[key] = new RosterRow { Jid = key };
    }

    private void TakePrivate(Element part)
    {
        foreach (var element in part.Elements)
        {
            if (!PrivateXml.MayHold(element.Name))
            {
                throw new FormatException($"private data in the namespace '{element.Name.Ns}'");
            }
            documents[(PrivateXmlStorage.Kind, PrivateXmlStorage.KeyOf(element.Name))] = Encoding.UTF8.GetBytes(element.ToString());
        }
    }

    private void TakeCard(Element part)
    {
        if (VCardTemp.FindFault(part) is { } fault)
        {
            throw new FormatException($"a vCard that cannot be kept: {fault}");
        }
        documents[(VCardModule.Kind, "")] = Encoding.UTF8.GetBytes(part.ToString());
        (nickname, fullName) = (VCardTemp.TextOf(part, VCardTemp.Nickname), VCardTemp.TextOf(part, VCardTemp.FullName));
    }

    private void TakeBlocked(Element part)
    {
        if (!Blocking.TryReadItems(part, out var items, out _))
        {
            throw new FormatException("a block list with what is no address");
        }
        blocked.UnionWith(items);
    }

    private void TakeAccount(Element part)
    {
        isHidden = part["hidden"] is "true" or "1";
        if (part["created"] is { } text)
        {
            created = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time : throw new FormatException($"a time that is none: {text}");
        }
    }
}
