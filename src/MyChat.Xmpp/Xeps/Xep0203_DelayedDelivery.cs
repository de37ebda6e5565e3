using System.Globalization;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0203: Delayed Delivery: names, and whom to believe.</summary>
public static class DelayedDelivery
{
    public static readonly XName Delay = new(Ns.Delay, "delay");

    /// <summary>Says since when a stanza is true (§3), on the word of <paramref name="from"/>.</summary>
    public static Element Make(DateTimeOffset since, Jid from) => new(
        Delay, ("from", from.ToString()), ("stamp", since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)));

    /// <summary>When a stanza was sent, by what one's own server says (§4: anybody can put such an element into a message); null when it does not.</summary>
    public static DateTimeOffset? Read(Payload payload, BareJid account) =>
        payload.Mentions("urn:xmpp:delay"u8)
            ? payload.Elements.Where(element => element.Name == Delay && IsOurs(element["from"], account)).Select(Stamp).FirstOrDefault(stamp => stamp is not null)
            : null;

    /// <summary>The time in a delay element (XEP-0082 §3.2), or null.</summary>
    public static DateTimeOffset? Stamp(Element delay) =>
        DateTimeOffset.TryParse(delay["stamp"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var stamp)
            ? stamp
            : null;

    private static bool IsOurs(string? from, BareJid account) =>
        BareJid.TryParse(from, out var by) && (by.Equals(account) || by.Equals(account.Domain));
}
