using MyChat.Client.Profiles;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>Questions to a search service, and its answers (XEP-0055); pure.</summary>
internal static class SearchForm
{
    // Fields are joined by "and": one question for each of these, in this order, as far as the service has them.
    private static readonly string[] Vars = ["nick", "user", "username", "fn", "first", "name"];
    private static readonly string[] Names = ["nick", "fn", "first", "name"];
    private const int MostQuestions = 3;

    /// <summary>The questions that find a text, by the fields that the service offers.</summary>
    public static IReadOnlyList<Element> Ask(Element offered, string text)
    {
        if (offered.Child(DataForms.Form) is not { } form)
        {
            return [.. Vars.Where(var => offered.Child(new XName(JabberSearch.Ns, var)) is not null).Take(MostQuestions).Select(var =>
                new Element(JabberSearch.Query, new Element(new XName(JabberSearch.Ns, var), text)))];
        }
        var vars = form.Children(DataForms.Field).Select(field => field["var"]).OfType<string>().ToHashSet();
        var asked = vars.Contains(JabberSearch.SearchVar) ? [JabberSearch.SearchVar] : Vars.Where(vars.Contains).Take(MostQuestions);
        return [.. asked.Select(var => new Element(
            JabberSearch.Query, DataForms.Make("submit", JabberSearch.Ns, null, DataForms.MakeField(var, null, null, text))))];
    }

    /// <summary>Who was found; the name may be the address.</summary>
    public static IEnumerable<(BareJid Jid, string Name)> Read(Element answer)
    {
        var rows = answer.Child(DataForms.Form) is { } form
            ? form.Children(DataForms.Item).Select(item => (Jid: Value(item, "jid"), Name: First(item, Value)))
            : answer.Children(JabberSearch.Item).Select(item => (Jid: item["jid"], Name: First(item, Field)));
        foreach (var (address, name) in rows)
        {
            if (BareJid.TryParse(address, out var jid) && jid.Localpart is { } local)
            {
                yield return (jid, name ?? local);
            }
        }
    }

    private static string? First(Element item, Func<Element, string, string?> value) =>
        Names.Select(var => CleanText.Name(value(item, var))).FirstOrDefault(name => name is not null);

    private static string? Value(Element item, string var) => DataForms.Values(item, var).FirstOrDefault();

    private static string? Field(Element item, string name) => item.Child(new XName(JabberSearch.Ns, name))?.Text;
}
