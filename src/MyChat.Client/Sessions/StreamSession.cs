using System.Security.Cryptography;
using MyChat.Client.Connections;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Sessions;

/// <summary>What happens on one stream between log-in and its end: the parts get ready, then they get what comes.</summary>
internal sealed class StreamSession(ClientContext context, IReadOnlyList<IClientPart> parts, StatusBoard status)
{
    /// <summary>The resource to ask for.</summary>
    public string Resource { get; } = $"{context.Options.ClientName}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>Runs until the stream ends; returns when the server closed it.</summary>
    /// <param name="lost">The stream before, which may have been resumed.</param>
    public async Task RunAsync(XmppConnection connection, StreamManagement? lost, CancellationToken cancellationToken)
    {
        status.Set(new ConnectionStatus(ConnectionPhase.CatchingUp));
        context.Connection = connection;
        try
        {
            if (!connection.Resumed)
            {
                await StartAsync(lost, cancellationToken).ConfigureAwait(false);
            }
            foreach (var part in parts)
            {
                await part.ReadyAsync(connection.Resumed, cancellationToken).ConfigureAwait(false);
            }
            status.Set(new ConnectionStatus(ConnectionPhase.Online));
            await foreach (var received in connection.ReceiveAsync(cancellationToken).ConfigureAwait(false))
            {
                if (received.Stanza is { } stanza)
                {
                    await ReceiveAsync(stanza, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            context.Connection = null;
        }
    }

    /// <summary>The stream cannot be resumed any more.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        foreach (var part in parts)
        {
            part.Reset();
        }
    }

    private async Task StartAsync(StreamManagement? lost, CancellationToken cancellationToken)
    {
        if (lost is not null)
        {
            await ForgetAsync(cancellationToken).ConfigureAwait(false);
        }
        foreach (var part in parts)
        {
            await part.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
        await context.Self.SendPresenceAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReceiveAsync(Stanza stanza, CancellationToken cancellationToken)
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var part in parts)
            {
                if (await part.ReceiveAsync(stanza, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or XmppException))
        {
            // A mistake in here must not end the stream: the same stanza would come again, and end it again.
            context.Options.Fault?.Invoke(failure);
        }
        if (stanza is Iq { MayBeAnswered: true } request)
        {
            // RFC 6120 §8.2.3: no request stays without an answer.
            await context.SendAsync(request.ToError(new StanzaError(StanzaErrorCondition.ServiceUnavailable)), cancellationToken).ConfigureAwait(false);
        }
    }
}
