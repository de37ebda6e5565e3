using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0004: Data Forms: names, and how forms with a FORM_TYPE (XEP-0068) are made and read.</summary>
public static class DataForms
{
    public const string Ns = "jabber:x:data";
    public const string FormTypeVar = "FORM_TYPE";
    public static readonly XName Form = new(Ns, "x");
    public static readonly XName Title = new(Ns, "title");
    public static readonly XName Instructions = new(Ns, "instructions");
    public static readonly XName Field = new(Ns, "field");
    public static readonly XName Value = new(Ns, "value");
    public static readonly XName Option = new(Ns, "option");
    public static readonly XName Reported = new(Ns, "reported");
    public static readonly XName Item = new(Ns, "item");

    /// <summary>A form: <paramref name="type"/> is form, submit, result or cancel (§3.1).</summary>
    /// <param name="instructions">Words for people; null leaves them out.</param>
    /// <param name="content">What follows the hidden FORM_TYPE: fields, and in a result of rows reported and items.</param>
    public static Element Make(string type, string formType, string? instructions, params IEnumerable<Element> content) => new(
        Form,
        ("type", type),
        instructions is null ? null : new Element(Instructions, instructions),
        new Element(Field, ("var", FormTypeVar), ("type", "hidden"), new Element(Value, formType)),
        content);

    /// <summary>A field (§3.2); a null <paramref name="type"/> or <paramref name="label"/> is left out.</summary>
    public static Element MakeField(string var, string? type = null, string? label = null, params IEnumerable<string> values) => new(
        Field, ("var", var), ("type", type), ("label", label), values.Select(value => new Element(Value, value)));

    /// <summary>The FORM_TYPE of a form (XEP-0068 §3.1), or null. In a submitted form it need not be marked as hidden.</summary>
    public static string? FormType(Element form) => Values(form, FormTypeVar).FirstOrDefault();

    /// <summary>The values of a field; none when the form does not have it.</summary>
    public static IEnumerable<string> Values(Element form, string var) =>
        form.Children(Field).FirstOrDefault(field => field["var"] == var)?.Children(Value).Select(value => value.Text) ?? [];
}
