using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0157: Contact Addresses for XMPP Services: the form.</summary>
public static class ContactAddresses
{
    public const string FormType = "http://jabber.org/network/serverinfo";

    /// <summary>The form of the kinds of address (such as abuse, support) that have any; null when none has.</summary>
    public static Element? MakeForm(params IEnumerable<(string Kind, IEnumerable<string> Uris)> addresses)
    {
        var fields = addresses
            .Where(kind => kind.Uris.Any())
            .Select(kind => DataForms.MakeField($"{kind.Kind}-addresses", "list-multi", null, kind.Uris))
            .ToArray();
        return fields.Length == 0 ? null : DataForms.Make("result", FormType, null, fields);
    }
}
