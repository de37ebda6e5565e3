using System.Globalization;
using System.Text;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0055: Jabber Search: names, and how text is folded so that it is found whatever its case and width.</summary>
public static class JabberSearch
{
    public const string Ns = "jabber:iq:search";
    public static readonly XName Query = new(Ns, "query");
    public static readonly XName Instructions = new(Ns, "instructions");
    public static readonly XName First = new(Ns, "first");
    public static readonly XName Last = new(Ns, "last");
    public static readonly XName Nick = new(Ns, "nick");
    public static readonly XName Email = new(Ns, "email");
    public static readonly XName Item = new(Ns, "item");

    /// <summary>The one field of our form: a part of a user name, nickname or full name, or a whole address.</summary>
    public const string SearchVar = "search";

    /// <summary>Fields that the registry knows (§7.2); other clients may fill them in.</summary>
    public static readonly string[] StandardVars = ["nick", "first", "last", "email"];

    // Han with its compatibility forms and both supplementary planes, kana, bopomofo, hangul: one character says something.
    private static readonly (int First, int Last)[] Dense =
    [
        (0x1100, 0x11FF), (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3040, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
        (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
    ];

    /// <summary>Compatibility-composed, lower case in every script, white space single: what is stored and what is asked are compared in this form.</summary>
    public static string Fold(string text)
    {
        var scalars = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate reads as U+FFFD here, so that Normalize cannot throw.
            scalars.Append(rune.ToString());
        }
        var lower = scalars.ToString().Normalize(NormalizationForm.FormKC).ToLower(CultureInfo.InvariantCulture);
        return string.Join(' ', lower.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether a folded text says enough to be searched for: two characters, or one of a script that writes words with one.</summary>
    public static bool IsLongEnough(string folded)
    {
        var runes = folded.EnumerateRunes().ToArray();
        return runes.Length >= 2 || runes.Any(rune => Array.Exists(Dense, range => rune.Value >= range.First && rune.Value <= range.Last));
    }

    /// <summary>
    /// What a search asks for: the values of the form, or of the plain fields where there is no form; empty ones left out. Null when the form
    /// is of another type.
    /// </summary>
    public static IReadOnlyList<string>? Asked(Element query)
    {
        if (query.Child(DataForms.Form) is not { } form)
        {
            return Named(query.Elements.Where(field => field.Name.Ns == Ns && StandardVars.Contains(field.Name.Local)).Select(field => field.Text));
        }
        if (DataForms.FormType(form) is { } type && type != Ns)
        {
            return null;
        }
        return Named(StandardVars.Prepend(SearchVar).SelectMany(var => DataForms.Values(form, var)));
    }

    private static string[] Named(IEnumerable<string> values) => [.. values.Where(value => !string.IsNullOrWhiteSpace(value)).Distinct()];
}

/// <summary>
/// Whether people of the server find a user: kept on the account, asked for and changed by iq; <c>&lt;hidden/&gt;</c> inside says that they do not.
/// </summary>
public static class PeopleDirectory
{
    public const string Ns = "urn:mychat:directory:0";
    public static readonly XName Directory = new(Ns, "directory");
    public static readonly XName Hidden = new(Ns, "hidden");

    public static Element Make(bool hidden) => new(Directory, hidden ? new Element(Hidden) : null);
}
