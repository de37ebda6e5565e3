using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Streams;

/// <summary>A stream error (RFC 6120 §4.9), after which the stream is closed.</summary>
/// <param name="Text">A sentence for people, in English, or null.</param>
/// <param name="Application">A condition of an application's own (RFC 6120 §4.9.4), or null.</param>
public sealed record StreamError(StreamErrorCondition Condition, string? Text = null, Element? Application = null)
{
    /// <summary>What the peer must be told about a fault in its XML.</summary>
    public static StreamError Of(XmlStreamException fault) => new(fault.Condition, fault.Message);

    /// <summary>stream:error (RFC 6120 §4.9.2).</summary>
    public Element ToElement() => new(
        XNames.StreamError,
        new Element(new XName(Ns.StreamErrors, Condition.Name())),
        Text is null ? null : new Element(XNames.StreamErrorText, (XNames.XmlLang, "en"), Text),
        Application);

    /// <summary>Reads a stream:error; null when the element is another.</summary>
    public static StreamError? Read(Element element)
    {
        if (element.Name != XNames.StreamError)
        {
            return null;
        }

        // RFC 6120 §4.9.3.21: what is not known is treated as undefined.
        var condition = StreamErrorCondition.UndefinedCondition;
        var defined = element.Elements.FirstOrDefault(child => child.Name.Ns == Ns.StreamErrors && child.Name != XNames.StreamErrorText);
        if (defined is not null && ConditionNames.TryParse(defined.Name.Local, out StreamErrorCondition known))
        {
            condition = known;
        }

        return new StreamError(
            condition,
            element.Child(XNames.StreamErrorText)?.Text,
            element.Elements.FirstOrDefault(child => child.Name.Ns != Ns.StreamErrors));
    }
}
