using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0115: Entity Capabilities: names, and the verification string.</summary>
public static class EntityCapabilities
{
    public const string Ns = "http://jabber.org/protocol/caps";
    public static readonly XName C = new(Ns, "c");

    /// <summary>Byte order of UTF-8 (i;octet), which differs from the order of .NET's strings beyond U+FFFF.</summary>
    private static readonly Comparer<string> Octets =
        Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

    /// <summary>The element that presence or stream features carry (§4).</summary>
    public static Element MakeC(string node, string ver) => new(C, ("hash", "sha-1"), ("node", node), ("ver", ver));

    /// <summary>
    /// The verification string (sha-1) of an answer to disco#info (§5.1); null when the answer is ill-formed (§5.4: something is there twice, or a
    /// form has two types), for then it must not be believed.
    /// </summary>
    [SuppressMessage("Security", "CA5350", Justification = "§9.1: sha-1 is what everybody must know.")]
    public static string? Verify(Element info)
    {
        var identities = info.Children(Disco.Identity).Select(Line).Order(Octets).ToArray();
        var features = info.Children(Disco.Feature).Select(feature => feature["var"] ?? "").Order(Octets).ToArray();
        var forms = info.Children(DataForms.Form).Where(HasHiddenType).OrderBy(form => TypesOf(form)[0], Octets).ToArray();
        if (HasTwice(identities) || HasTwice(features) || HasTwice(forms.Select(form => TypesOf(form)[0])) || forms.Any(form => TypesOf(form).Length > 1))
        {
            return null;
        }
        var text = new StringBuilder();
        foreach (var factor in identities.Concat(features.Select(Escape)).Concat(forms.SelectMany(Factors)))
        {
            text.Append(factor).Append('<');
        }
        return Convert.ToBase64String(SHA1.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Line(Element identity) =>
        $"{Escape(identity["category"])}/{Escape(identity["type"])}/{Escape(identity.Attribute(XNames.XmlLang))}/{Escape(identity["name"])}";

    private static IEnumerable<string> Factors(Element form)
    {
        yield return Escape(TypesOf(form)[0]);
        foreach (var field in form.Children(DataForms.Field).Where(field => !IsType(field)).OrderBy(field => field["var"] ?? "", Octets))
        {
            yield return Escape(field["var"]);
            foreach (var value in field.Children(DataForms.Value).Select(value => value.Text).Order(Octets))
            {
                yield return Escape(value);
            }
        }
    }

    private static bool HasHiddenType(Element form) =>
        form.Children(DataForms.Field).Any(field => IsType(field) && field["type"] == "hidden" && field.Child(DataForms.Value) is not null);

    private static bool IsType(Element field) => field["var"] == DataForms.FormTypeVar;

    private static string[] TypesOf(Element form) => [.. DataForms.Values(form, DataForms.FormTypeVar).Distinct()];

    private static bool HasTwice(IEnumerable<string> values) => !values.All(new HashSet<string>().Add);

    // §5.1: a factor keeps its "&lt;" as XML has it; a bare "<" would let one factor pass for two.
    private static string Escape(string? factor) => (factor ?? "").Replace("<", "&lt;", StringComparison.Ordinal);
}
