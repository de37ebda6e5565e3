using System.Globalization;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Streams;

/// <summary>
/// The ping (XEP-0199) that the server sends to a client without stream management: whatever it answers, it has read what came before.
/// </summary>
internal static class ProofQuestion
{
    private const string Prefix = "proof-";
    private static readonly Payload Ping = new(new Element(new XName("urn:xmpp:ping", "ping")));

    public static Iq Make(BareJid domain, FullJid to, int number) => new()
    {
        Type = IqType.Get,
        From = domain,
        To = to,
        Id = Prefix + number.ToString(CultureInfo.InvariantCulture),
        Payload = Ping,
    };

    /// <summary>The question that this answers; false for any other stanza.</summary>
    public static bool TryReadAnswer(Iq iq, out int number)
    {
        number = 0;
        return iq.Type is IqType.Result or IqType.Error && iq.Id!.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(iq.Id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
