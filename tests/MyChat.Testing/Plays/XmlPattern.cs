using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MyChat.Testing.Plays;

/// <summary>
/// What a piece of XML must look like, exactly: names, attributes (in any order), children and text (in this order); prefixes and quotes are
/// free. In a pattern
/// <list type="bullet">
/// <item><c>*</c> as a whole attribute value or text stands for any one; the attribute must be there;</item>
/// <item><c>{name}</c> in a value or text stands for something that is the same wherever the name appears in the play;</item>
/// <item><c>…</c> in a start tag allows more attributes and, where the tag has no xmlns of its own, any namespace;</item>
/// <item><c>…</c> as text at an element's end allows more children (and as its only content, any);</item>
/// <item>white space with a line break between elements is for the eye only.</item>
/// </list>
/// </summary>
internal sealed partial class XmlPattern(string pattern)
{
    private static readonly XName More = XName.Get("more", PlayXml.Ns);
    private readonly XElement _pattern = PlayXml.ParsePattern(pattern);

    public override string ToString() => pattern;

    /// <summary>What differs first, or null when all fits; then names that appeared for the first time are in <paramref name="bound"/>.</summary>
    public string? FindDifference(XElement actual, IDictionary<string, string> bound)
    {
        var attempt = new Dictionary<string, string>(bound);
        var difference = Compare(_pattern, actual, actual.Name.LocalName, null, attempt);
        if (difference is null)
        {
            foreach (var (name, value) in attempt)
            {
                bound[name] = value;
            }
        }
        return difference;
    }

    /// <summary>Puts the values of <c>{names}</c> into what is sent; throws for a name that no pattern has bound.</summary>
    public static string Fill(string xml, IDictionary<string, string> bound) => Placeholder().Replace(
        xml,
        match => bound.TryGetValue(match.Groups[1].Value, out var value)
            ? System.Security.SecurityElement.Escape(value)
            : throw new ArgumentException($"Nothing has bound {match.Value} yet.", nameof(xml)));

    private static string? Compare(XElement wanted, XElement actual, string path, XNamespace? free, Dictionary<string, string> bound)
    {
        var declares = wanted.Attributes().Any(attribute => attribute.IsNamespaceDeclaration);
        var anyNamespace = wanted.Attribute(More) is not null && !declares;
        var inherited = declares ? null : free;
        if (wanted.Name.LocalName != actual.Name.LocalName)
        {
            return $"{path}: <{wanted.Name.LocalName}/> wanted, <{actual.Name.LocalName}/> came";
        }
        if (!anyNamespace && wanted.Name.Namespace != actual.Name.Namespace && actual.Name.Namespace != inherited)
        {
            return $"{path}: namespace '{wanted.Name.NamespaceName}' wanted, '{actual.Name.NamespaceName}' came";
        }
        return CompareAttributes(wanted, actual, path, bound)
            ?? CompareContent(wanted, actual, path, anyNamespace ? actual.Name.Namespace : inherited, bound);
    }

    private static string? CompareAttributes(XElement wanted, XElement actual, string path, Dictionary<string, string> bound)
    {
        foreach (var attribute in wanted.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name != More))
        {
            if (actual.Attribute(attribute.Name) is not { } came)
            {
                return $"{path}: attribute {attribute.Name.LocalName} is missing";
            }
            if (!Fits(attribute.Value, came.Value, bound))
            {
                return $"{path}: {attribute.Name.LocalName}='{attribute.Value}' wanted, '{came.Value}' came";
            }
        }
        var extra = wanted.Attribute(More) is not null
            ? null
            : actual.Attributes().FirstOrDefault(attribute => !attribute.IsNamespaceDeclaration && wanted.Attribute(attribute.Name) is null);
        return extra is null ? null : $"{path}: unexpected attribute {extra.Name.LocalName}='{extra.Value}'";
    }

    private static string? CompareContent(XElement wanted, XElement actual, string path, XNamespace? free, Dictionary<string, string> bound)
    {
        var expected = Content(wanted, isPattern: true);
        var came = Content(actual, isPattern: false);
        var more = expected.Count > 0 && expected[^1] is string last && last.Trim() == "…";
        if (more)
        {
            expected.RemoveAt(expected.Count - 1);
        }
        else if (expected is ["*"] && came.All(node => node is string))
        {
            return null;
        }
        for (var i = 0; i < expected.Count; i++)
        {
            if (i == came.Count)
            {
                return $"{path}: {Describe(expected[i])} is missing";
            }
            var difference = (expected[i], came[i]) switch
            {
                (XElement element, XElement child) => Compare(element, child, $"{path}/{child.Name.LocalName}", free, bound),
                (string text, string other) => Fits(text, other, bound) ? null : $"{path}: text '{text}' wanted, '{other}' came",
                _ => $"{path}: {Describe(expected[i])} wanted, {Describe(came[i])} came",
            };
            if (difference is not null)
            {
                return difference;
            }
        }
        return more || came.Count == expected.Count ? null : $"{path}: unexpected {Describe(came[expected.Count])}";
    }

    /// <summary>Elements, and text between them joined.</summary>
    private static List<object> Content(XElement element, bool isPattern)
    {
        var content = new List<object>();
        foreach (var node in element.Nodes())
        {
            if (node is XElement child)
            {
                content.Add(child);
            }
            else if (node is XText text)
            {
                if (content is [.., string before])
                {
                    content[^1] = before + text.Value;
                }
                else
                {
                    content.Add(text.Value);
                }
            }
        }
        if (isPattern)
        {
            content.RemoveAll(node => node is string text && string.IsNullOrWhiteSpace(text) && text.Contains('\n', StringComparison.Ordinal));
        }
        return content;
    }

    private static string Describe(object node) => node is XElement element ? $"<{element.Name.LocalName}/>" : $"text '{node}'";

    private static bool Fits(string wanted, string actual, Dictionary<string, string> bound)
    {
        if (wanted == "*" || wanted == actual)
        {
            return true;
        }
        if (!Placeholder().IsMatch(wanted))
        {
            return false;
        }
        // Literal parts, and for each name its value or a group that finds it.
        var parts = Placeholder().Split(wanted);
        var seen = new HashSet<string>();
        var expression = string.Concat(parts.Select((part, i) =>
            i % 2 == 0 ? Regex.Escape(part)
            : bound.TryGetValue(part, out var value) ? Regex.Escape(value)
            : seen.Add(part) ? $"(?<{part}>.+)" : $@"\k<{part}>"));
        var match = Regex.Match(actual, $@"\A{expression}\z", RegexOptions.Singleline);
        foreach (var name in match.Success ? seen : [])
        {
            bound[name] = match.Groups[name].Value;
        }
        return match.Success;
    }

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9]*)\}")]
    private static partial Regex Placeholder();
}
