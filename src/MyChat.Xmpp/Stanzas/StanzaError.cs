using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Stanzas;

/// <summary>The defined conditions of RFC 6120 §8.3.3.</summary>
public enum StanzaErrorCondition
{
    BadRequest, Conflict, FeatureNotImplemented, Forbidden, Gone, InternalServerError, ItemNotFound, JidMalformed, NotAcceptable, NotAllowed,
    NotAuthorized, PolicyViolation, RecipientUnavailable, Redirect, RegistrationRequired, RemoteServerNotFound, RemoteServerTimeout,
    ResourceConstraint, ServiceUnavailable, SubscriptionRequired, UndefinedCondition, UnexpectedRequest,
}

/// <summary>What the sender may do about it (RFC 6120 §8.3.2).</summary>
public enum StanzaErrorType { Auth, Cancel, Continue, Modify, Wait }

/// <summary>A stanza error (RFC 6120 §8.3).</summary>
/// <param name="Text">A sentence for people, in English, or null.</param>
/// <param name="Application">A condition of a XEP's own, or null.</param>
public sealed record StanzaError(StanzaErrorType Type, StanzaErrorCondition Condition, string? Text = null, Element? Application = null)
{
    /// <summary>The condition with the type that RFC 6120 gives it.</summary>
    public StanzaError(StanzaErrorCondition condition, string? text = null) : this(UsualType(condition), condition, text) { }

    /// <summary>The type that RFC 6120 §8.3.3 gives a condition; where it leaves a choice, the one that is right for a server's answer.</summary>
    public static StanzaErrorType UsualType(StanzaErrorCondition condition) => condition switch
    {
        StanzaErrorCondition.BadRequest or StanzaErrorCondition.JidMalformed or StanzaErrorCondition.NotAcceptable
            or StanzaErrorCondition.PolicyViolation or StanzaErrorCondition.Redirect => StanzaErrorType.Modify,
        StanzaErrorCondition.Forbidden or StanzaErrorCondition.NotAuthorized or StanzaErrorCondition.RegistrationRequired
            or StanzaErrorCondition.SubscriptionRequired => StanzaErrorType.Auth,
        StanzaErrorCondition.RecipientUnavailable or StanzaErrorCondition.RemoteServerTimeout or StanzaErrorCondition.ResourceConstraint
            or StanzaErrorCondition.UnexpectedRequest => StanzaErrorType.Wait,
        _ => StanzaErrorType.Cancel,
    };

    /// <summary>The error child (RFC 6120 §8.3.2).</summary>
    public Element ToElement() => new(
        XNames.Error,
        ("type", StanzaTypes.Errors[(int)Type]),
        new Element(new XName(Ns.StanzaErrors, Condition.Name())),
        Text is null ? null : new Element(XNames.StanzaErrorText, (XNames.XmlLang, "en"), Text),
        Application);

    /// <summary>Reads the error child of a stanza of type error; null when it has none that can be read.</summary>
    public static StanzaError? Read(Stanza stanza)
    {
        if (!stanza.IsError || stanza.Payload.Child(XNames.Error) is not { } error)
        {
            return null;
        }

        // RFC 6120 §8.3.3.21: what is not known is treated as undefined.
        var condition = StanzaErrorCondition.UndefinedCondition;
        var defined = error.Elements.FirstOrDefault(child => child.Name.Ns == Ns.StanzaErrors && child.Name != XNames.StanzaErrorText);
        if (defined is not null && ConditionNames.TryParse(defined.Name.Local, out StanzaErrorCondition known))
        {
            condition = known;
        }

        var type = Array.IndexOf(StanzaTypes.Errors, error["type"]);
        return new StanzaError(
            type < 0 ? UsualType(condition) : (StanzaErrorType)type,
            condition,
            error.Child(XNames.StanzaErrorText)?.Text,
            error.Elements.FirstOrDefault(child => child.Name.Ns != Ns.StanzaErrors));
    }
}
