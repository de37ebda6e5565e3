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

    public static StanzaErrorType UsualType(StanzaErrorCondition condition) => throw new NotImplementedException();

    public Element ToElement() => throw new NotImplementedException();

    /// <summary>Reads the error child of a stanza of type error; null when it has none that can be read.</summary>
    public static StanzaError? Read(Stanza stanza) => throw new NotImplementedException();
}
