using System.Globalization;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0227: Portable Import/Export Format: names, and the parts that are more than names.</summary>
public static class PortableFormat
{
    public const string Ns = "urn:xmpp:pie:0";
    public const string ArchiveNs = "urn:xmpp:pie:0#mam";
    public const string ArchiveResultNs = "urn:xmpp:mam:2";
    public const string PrivacyNs = "jabber:iq:privacy";
    public const string IncludeNs = "http://www.w3.org/2001/XInclude";

    /// <summary>What this program keeps of an account beyond the format; its own namespace, which others pass over.</summary>
    public static readonly XName Account = new("urn:mychat:account:0", "account");

    public static readonly XName ServerData = new(Ns, "server-data");
    public static readonly XName Host = new(Ns, "host");
    public static readonly XName User = new(Ns, "user");
    public static readonly XName OfflineMessages = new(Ns, "offline-messages");
    public static readonly XName Archive = new(ArchiveNs, "archive");
    public static readonly XName Result = new(ArchiveResultNs, "result");
    public static readonly XName Privacy = new(PrivacyNs, "query");
    public static readonly XName Include = new(IncludeNs, "include");
    public static readonly XName Keys = new("urn:xmpp:pie:0#scram", "scram-credentials");

    private const int MostIterations = 10_000_000;
    private const string OfList = "blocked";

    /// <summary>The keys of a password as §3.3 has them.</summary>
    public static Element Write(ScramKeys keys) => new(
        Keys,
        new KeyValuePair<XName, string>(new XName("", "mechanism"), keys.Hash == ScramHash.Sha1 ? "SCRAM-SHA-1" : "SCRAM-SHA-256"),
        Part("iter-count", keys.Iterations.ToString(CultureInfo.InvariantCulture)),
        Part("salt", Convert.ToBase64String(keys.Salt)),
        Part("server-key", Convert.ToBase64String(keys.ServerKey)),
        Part("stored-key", Convert.ToBase64String(keys.StoredKey)));

    /// <summary>The same read: null for a mechanism that is not known here.</summary>
    /// <exception cref="FormatException">They are not as §3.3 says.</exception>
    public static ScramKeys? ReadKeys(Element element)
    {
        ScramHash? hash = element["mechanism"] switch
        {
            "SCRAM-SHA-1" => ScramHash.Sha1,
            "SCRAM-SHA-256" => ScramHash.Sha256,
            { Length: > 0 } => null,
            _ => throw new FormatException("credentials without a mechanism"),
        };
        if (hash is not { } known)
        {
            return null;
        }
        var size = known == ScramHash.Sha1 ? 20 : 32;
        var (salt, server, stored) = (Bytes(element, "salt"), Bytes(element, "server-key"), Bytes(element, "stored-key"));
        var isNumber = int.TryParse(element.Child(new XName(Keys.Ns, "iter-count"))?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations);
        return isNumber && iterations is > 0 and <= MostIterations && salt.Length > 0 && server.Length == size && stored.Length == size
            ? new ScramKeys(known, salt, iterations, stored, server)
            : throw new FormatException("credentials that cannot be right");
    }

    /// <summary>A block list as the privacy list that says the same (XEP-0016), for servers that know nothing else.</summary>
    public static Element WritePrivacy(IEnumerable<Jid> blocked)
    {
        var order = 0;
        var list = new List<object?> { Attribute("name", OfList) };
        list.AddRange(blocked.Select(jid => new Element(
            Named("item"), Attribute("type", "jid"), Attribute("value", jid.ToString()!), Attribute("action", "deny"), Attribute("order", Next()))));
        list.Add(new Element(Named("item"), Attribute("action", "allow"), Attribute("order", Next())));
        return new Element(Privacy, new Element(Named("default"), Attribute("name", OfList)), new Element(Named("list"), [.. list]));

        string Next() => (++order).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whom the default privacy list keeps away altogether; other rules cannot be said by a block list.</summary>
    public static IEnumerable<Jid> ReadPrivacy(Element privacy)
    {
        var name = privacy.Child(Named("default"))?["name"];
        var list = privacy.Children(Named("list")).FirstOrDefault(list => list["name"] == name && name is not null);
        foreach (var item in list?.Children(Named("item")) ?? [])
        {
            if (item["type"] == "jid" && item["action"] == "deny" && !item.Elements.Any() && Jid.TryParse(item["value"], out var jid))
            {
                yield return jid;
            }
        }
    }

    private static XName Named(string local) => new(PrivacyNs, local);

    private static KeyValuePair<XName, string> Attribute(string name, string value) => new(new XName("", name), value);

    private static Element Part(string name, string text) => new(new XName(Keys.Ns, name), text);

    private static byte[] Bytes(Element element, string name)
    {
        var text = element.Child(new XName(Keys.Ns, name))?.Text ?? "";
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : throw new FormatException($"a {name} that is not base64");
    }
}
