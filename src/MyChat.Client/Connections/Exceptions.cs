using MyChat.Client.Sessions;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;

namespace MyChat.Client.Connections;

/// <summary>Why a connection, or a request on it, did not work. The kinds below say what; this one itself: the connection is gone.</summary>
public class XmppException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A request stayed without an answer; whether it was carried out is unknown.</summary>
public sealed class NoAnswerException(Exception? inner = null) : XmppException("No answer came in time.", inner);

/// <summary>A request was answered with something that is no answer to it.</summary>
public sealed class MalformedAnswerException(string message) : XmppException(message);

/// <summary>The server did not offer what is needed, or broke the protocol, while the stream was negotiated.</summary>
public class NegotiationException(string message, Exception? inner = null) : XmppException(message, inner);

/// <summary>The server offers no TLS, or no log-in that does not give the password away.</summary>
public sealed class NotSecureException(string message) : NegotiationException(message);

/// <summary>The server's certificate is not trusted; nothing was said to the server but hello.</summary>
public sealed class UntrustedCertificateException(UntrustedCertificate certificate, Exception? inner = null)
    : XmppException("The server's certificate is not trusted.", inner)
{
    public UntrustedCertificate Certificate { get; } = certificate;
}

/// <summary>The stream ended with an error (RFC 6120 §4.9), the server's or, for what the server sent wrong, ours.</summary>
/// <param name="text">The server's explanation, in any language, or null.</param>
public sealed class StreamErrorException(StreamErrorCondition condition, string? text, Exception? inner = null)
    : XmppException($"Stream error {condition}{(text is null ? "" : ": " + text)}", inner)
{
    public StreamErrorCondition Condition { get; } = condition;
    public string? Text { get; } = text;

    /// <summary>Whether this side found the error, and tells the server.</summary>
    public bool IsOurs { get; init; }
}

/// <summary>A request was answered with an error (RFC 6120 §8.3).</summary>
public sealed class StanzaErrorException(StanzaError error, Stanza answer)
    : XmppException($"Answered with the error {error.Condition}{(error.Text is null ? "" : ": " + error.Text)}")
{
    public StanzaError Error { get; } = error;
    public StanzaErrorCondition Condition => Error.Condition;

    /// <summary>The stanza of type error, as received.</summary>
    public Stanza Answer { get; } = answer;
}

/// <summary>The log-in failed (RFC 6120 §6.5). <see cref="SaslCondition.Aborted"/> also when this side ended it: the server is not who it should be.</summary>
public sealed class AuthenticationException(SaslCondition condition, string? text, Exception? inner = null)
    : XmppException($"Authentication failed: {condition.ElementName()}{(text is null ? "" : ": " + text)}", inner)
{
    public SaslCondition Condition { get; } = condition;
    public string? Text { get; } = text;
}
