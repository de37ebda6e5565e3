using System.Security.Cryptography;
using MyChat.Client.Connections;
using MyChat.Client.Stores;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Sessions;

/// <summary>What happens on one stream between log-in and its end: the parts get ready, then they get what comes.</summary>
internal sealed class StreamSession(ClientContext context, IReadOnlyList<IClientPart> parts, StatusBoard status) : IDisposable
{
    private const string ResourceKey = "resource";

    /// <summary>What came together is dealt with together, but a command need not wait long for its turn.</summary>
    private const int MostAtOnce = 50;

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly Liveness _liveness = new(context.Options);

    /// <summary>Whether the parts got ready on the stream that was there last. If its link broke before, there is nothing to go on with.</summary>
    private bool _isReady;

    // Receipts that lost streams may have swallowed.
    private readonly List<Message> _swallowed = [];

    /// <summary>The resource to ask for: the same after a restart, so that what the last run left on the server makes way.</summary>
    public string Resource { get; private set; } = "";

    /// <summary>Looks now whether the link lives.</summary>
    public void Hurry() => _liveness.Hurry();

    /// <summary>Takes from the store what is to be shown before there is a connection. Inside a turn.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var kept = await context.Store.ReadDocumentsAsync(ResourceKey, cancellationToken).ConfigureAwait(false);
        if (kept.TryGetValue(ResourceKey, out var resource))
        {
            Resource = resource;
        }
        else
        {
            Resource = $"{context.Options.ClientName}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
            await context.CommitAsync(new StoreBatch { Documents = { [ResourceKey] = Resource } }, cancellationToken).ConfigureAwait(false);
        }
        foreach (var part in parts)
        {
            await part.LoadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs until the stream ends; returns when the server closed it.</summary>
    /// <param name="lost">The stream before, which may have been resumed.</param>
    /// <param name="forgotten">Whether the parts were told already that the stream before is lost.</param>
    public async Task RunAsync(XmppConnection connection, StreamManagement? lost, bool forgotten, CancellationToken cancellationToken)
    {
        status.Set(new ConnectionStatus(ConnectionPhase.CatchingUp));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        context.Connection = connection;
        var watching = _liveness.WatchAsync(connection, ending.Token);
        try
        {
            await ConfirmAsync(lost, cancellationToken).ConfigureAwait(false);
            if (!connection.Resumed)
            {
                _swallowed.AddRange(lost?.UnacknowledgedMarks.OfType<Message>() ?? []);
            }
            await GetReadyAsync(resumed: connection.Resumed && !forgotten && _isReady, cancellationToken).ConfigureAwait(false);
            PostAgain();
            status.Set(new ConnectionStatus(ConnectionPhase.Online));
            await foreach (var some in connection.ReceiveSomeAsync(MostAtOnce, cancellationToken).ConfigureAwait(false))
            {
                await ReceiveAsync(some, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            context.Connection = null;
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(watching).ConfigureAwait(false);
        }
    }

    /// <summary>The stream cannot be resumed any more: nobody is known to be there.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        foreach (var part in parts)
        {
            part.Reset();
        }
    }

    /// <summary>The server ended the stream because of what it was sent.</summary>
    public async Task SuspectAsync(StreamManagement? lost, CancellationToken cancellationToken)
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        await context.Conversations.Outbox.SuspectAsync(lost, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says goodbye: waits a little for the acknowledgement of what was sent, and closes the stream.</summary>
    public async Task LeaveAsync(XmppConnection connection)
    {
        try
        {
            connection.Post(new Presence { Type = PresenceType.Unavailable });
            if (connection.Management is { } management)
            {
                using var patience = new CancellationTokenSource(Goodbye, context.Options.Time);
                await connection.ConfirmAsync(patience.Token).ConfigureAwait(false);
                await ConfirmAsync(management, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is XmppException or OperationCanceledException)
        {
            // What is not confirmed is sent again with the next start.
        }
        await connection.CloseAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task GetReadyAsync(bool resumed, CancellationToken cancellationToken)
    {
        if (!resumed)
        {
            _isReady = false;
            await ForgetAsync(cancellationToken).ConfigureAwait(false);
            foreach (var part in parts)
            {
                await part.PrepareAsync(cancellationToken).ConfigureAwait(false);
            }
            await context.Self.SendPresenceAsync(cancellationToken).ConfigureAwait(false);
        }
        foreach (var part in parts)
        {
            await part.ReadyAsync(resumed, cancellationToken).ConfigureAwait(false);
        }
        _isReady = true;
    }

    /// <summary>Whoever gets a receipt twice learns nothing new.</summary>
    private void PostAgain()
    {
        foreach (var receipt in _swallowed)
        {
            context.Post(receipt, receipt);
        }
        _swallowed.Clear();
    }

    private async Task ConfirmAsync(StreamManagement? management, CancellationToken cancellationToken)
    {
        if (management?.TakeConfirmed() is { Count: > 0 } marks)
        {
            using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
            await context.Conversations.ConfirmAsync(marks, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What came together is one turn, kept by one commit. It is dealt with to its end: what is kept must count as handled.</summary>
    private async Task ReceiveAsync(IReadOnlyList<Received> some, CancellationToken cancellationToken)
    {
        using var turn = await context.EnterAsync(cancellationToken).ConfigureAwait(false);
        await using var commit = context.CommitTogether();
        foreach (var received in some)
        {
            if (received.Stanza is { } stanza)
            {
                await ReceiveAsync(stanza).ConfigureAwait(false);
            }
            else if ((received.Item as StreamManagement)?.TakeConfirmed() is { Count: > 0 } marks)
            {
                await context.Conversations.ConfirmAsync(marks, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task ReceiveAsync(Stanza stanza)
    {
        try
        {
            foreach (var part in parts)
            {
                if (await part.ReceiveAsync(stanza, CancellationToken.None).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A mistake in here must not end the stream: the same stanza would come again, and end it again.
            context.Options.Fault?.Invoke(failure);
        }
        if (stanza is Iq { MayBeAnswered: true } request)
        {
            // RFC 6120 §8.2.3: no request stays without an answer.
            context.Post(request.ToError(new StanzaError(request.Defect ?? StanzaErrorCondition.ServiceUnavailable)));
        }
    }

    public void Dispose() => _liveness.Dispose();
}
