using System.Globalization;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0202: Entity Time: names, and the answer.</summary>
public static class EntityTime
{
    public const string Ns = "urn:xmpp:time";
    public static readonly XName Time = new(Ns, "time");
    public static readonly XName Offset = new(Ns, "tzo");
    public static readonly XName Utc = new(Ns, "utc");

    /// <summary>The answer for this moment, in the formats of XEP-0082 §3.2; the offset is the moment's own.</summary>
    public static Element Make(DateTimeOffset now) => new(
        Time,
        new Element(Offset, now.ToString("zzz", CultureInfo.InvariantCulture)),
        new Element(Utc, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
}
