using MyChat.Client.Connections;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;

namespace MyChat.Client.Sessions;

/// <summary>What an exception means for the user, and whether it is worth to try again.</summary>
/// <param name="Stops">Somebody must decide; trying again by itself would do no good.</param>
internal sealed record Failure(ConnectionFault Fault, bool Stops, Exception Exception)
{
    /// <summary>Whether the server did not like what it was sent on the stream.</summary>
    public bool IsOfTheStream => Exception is StreamErrorException
    {
        IsOurs: false,
        Condition: StreamErrorCondition.BadFormat or StreamErrorCondition.InvalidXml or StreamErrorCondition.NotWellFormed
            or StreamErrorCondition.PolicyViolation or StreamErrorCondition.RestrictedXml or StreamErrorCondition.UnsupportedStanzaType,
    };

    public string? Detail => (Exception as StreamErrorException)?.Text ?? (Exception as AuthenticationException)?.Text
        ?? (Exception.InnerException ?? Exception).Message;

    public UntrustedCertificate? Certificate => (Exception as UntrustedCertificateException)?.Certificate;

    /// <param name="reached">Whether the stream was open, so that now it is lost.</param>
    public static Failure Of(Exception exception, bool reached)
    {
        var (fault, stops) = exception switch
        {
            UntrustedCertificateException => (ConnectionFault.CertificateNotTrusted, true),
            NotSecureException => (ConnectionFault.NotSecure, true),
            AuthenticationException failed => Of(failed.Condition),
            StreamErrorException { IsOurs: false } error => Of(error.Condition),
            StreamErrorException or NegotiationException => (ConnectionFault.Protocol, false),
            StanzaErrorException { Condition: StanzaErrorCondition.ResourceConstraint } => (ConnectionFault.ServerUnavailable, false),
            StanzaErrorException => (ConnectionFault.Protocol, false),
            _ => (reached ? ConnectionFault.Lost : ConnectionFault.Unreachable, false),
        };
        return new Failure(fault, stops, exception);
    }

    private static (ConnectionFault, bool) Of(SaslCondition condition) => condition switch
    {
        SaslCondition.TemporaryAuthFailure => (ConnectionFault.ServerUnavailable, false),
        // The server could not prove that it knows the password, or wants it in a way that gives it away.
        SaslCondition.Aborted or SaslCondition.EncryptionRequired or SaslCondition.MechanismTooWeak or SaslCondition.InvalidMechanism =>
            (ConnectionFault.NotSecure, true),
        _ => (ConnectionFault.WrongPassword, true),
    };

    private static (ConnectionFault, bool) Of(StreamErrorCondition condition) => condition switch
    {
        StreamErrorCondition.Conflict => (ConnectionFault.Replaced, true),
        StreamErrorCondition.SystemShutdown or StreamErrorCondition.ResourceConstraint or StreamErrorCondition.InternalServerError =>
            (ConnectionFault.ServerUnavailable, false),
        StreamErrorCondition.ConnectionTimeout => (ConnectionFault.Lost, false),
        _ => (ConnectionFault.Protocol, false),
    };
}
