namespace MyChat.Xmpp.Sasl;

/// <summary>
/// The exchange failed. On the server <see cref="Condition"/> is what to answer; on the client it is <see cref="SaslCondition.Aborted"/>
/// when the server's message cannot be accepted (answer with &lt;abort/&gt; and log in nowhere). The message is for logs: it never holds a
/// secret.
/// </summary>
public sealed class SaslException(SaslCondition condition, string message) : Exception(message)
{
    public SaslCondition Condition { get; } = condition;
}
