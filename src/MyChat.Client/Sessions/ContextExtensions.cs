using MyChat.Client.Connections;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Sessions;

/// <summary>What several parts do with the stream.</summary>
internal static class ContextExtensions
{
    /// <summary>
    /// Whether a stanza is the own account's word: from nobody or from the own bare JID (RFC 6121 §2.1.6). What others send in its place must
    /// not be believed.
    /// </summary>
    public static bool IsFromOwnAccount(this ClientContext context, Stanza stanza) =>
        stanza.Defect is null && (stanza.From is null || stanza.From.Equals(context.Account));

    /// <summary>Sends what nobody waits for: without a connection nothing is owed any more.</summary>
    public static async ValueTask AnswerAsync(this ClientContext context, Stanza answer, CancellationToken cancellationToken)
    {
        try
        {
            await context.SendAsync(answer, cancellationToken).ConfigureAwait(false);
        }
        catch (XmppException)
        {
            // The connection is lost.
        }
    }

    /// <summary>A request to the own account.</summary>
    public static Task<Iq> RequestAsync(this ClientContext context, IqType type, Element payload, CancellationToken cancellationToken) =>
        context.RequestAsync(new Iq { Type = type, Payload = new Payload(payload) }, cancellationToken);

    /// <summary>Whether the stream offers a feature (RFC 6120 §4.3.2).</summary>
    public static bool Offers(this ClientContext context, XName feature) => context.Connection?.Features.Child(feature) is not null;
}
