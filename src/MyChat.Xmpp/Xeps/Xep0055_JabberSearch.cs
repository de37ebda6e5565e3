using System.Globalization;
using System.Text;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0055: Jabber Search: names, and how text is folded so that it is found whatever its case and width.</summary>
public static class JabberSearch
{
    public const string Ns = "jabber:iq:search";

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
}
