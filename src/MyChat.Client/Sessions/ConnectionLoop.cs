using MyChat.Client.Connections;

namespace MyChat.Client.Sessions;

/// <summary>Keeps a stream up: dials, runs the session on it, waits, and dials again, until it is stopped or somebody must decide.</summary>
internal sealed class ConnectionLoop(ClientContext context, StreamSession session, StatusBoard status) : IDisposable
{
    /// <summary>A stream that lived so long has worked: waiting starts over.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    /// <summary>How long a lost stream counts as one that may be resumed, where the server does not say.</summary>
    private static readonly TimeSpan UsuallyResumable = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private Credentials _credentials = context.Options.Credentials;
    private StreamManagement? _lost;
    private long _lostAt;
    private bool _forgotten;
    private int _failures;
    private int _attempt;

    /// <summary>The key of the log-in that just worked.</summary>
    public event Action<SaltedKey>? LoggedIn;

    private TimeProvider Time => context.Options.Time;

    /// <summary>Ends a wait, also one for a decision.</summary>
    public void Wake(Credentials? credentials = null)
    {
        _credentials = credentials ?? _credentials;
        lock (_wake)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    /// <summary>The account has another password: what the next log-in uses.</summary>
    public async Task ChangePasswordAsync(string password, CancellationToken cancellationToken)
    {
        await AccountRequests.ChangePasswordAsync(context, password, cancellationToken).ConfigureAwait(false);
        _credentials = new Credentials(password);
        context.Run(async token => Keep(await AccountRequests.ProveAsync(context.Options, password, token).ConfigureAwait(false)));
    }

    /// <summary>Connects and connects again, until it is cancelled; that is no failure.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await PrepareNextAsync(await LiveAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>After a failure: what is to be forgotten, and when to try again.</summary>
    private async Task PrepareNextAsync(Failure failure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (failure.IsOfTheStream)
        {
            await session.SuspectAsync(_lost, cancellationToken).ConfigureAwait(false);
        }
        if (failure.Stops || failure.IsOfTheStream)
        {
            // To go on where it stood would lead to the same end.
            _lost = null;
        }
        await ForgetWhatIsLostAsync(cancellationToken).ConfigureAwait(false);
        await WaitAsync(failure, cancellationToken).ConfigureAwait(false);
        await ForgetWhatIsLostAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Once the stream can no longer be resumed, what it told of others is old.</summary>
    private async Task ForgetWhatIsLostAsync(CancellationToken cancellationToken)
    {
        var mayBeResumed = _lost?.Id is not null && Time.GetElapsedTime(_lostAt) < (_lost.Resumable ?? UsuallyResumable);
        if (!mayBeResumed && !_forgotten)
        {
            _forgotten = true;
            await session.ForgetAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One connection from dialling to its end; returns what ended it.</summary>
    private async Task<Failure> LiveAsync(CancellationToken cancellationToken)
    {
        status.Set(new ConnectionStatus(ConnectionPhase.Connecting));
        var started = Time.GetTimestamp();
        XmppConnection? connection = null;
        var isUp = false;
        try
        {
            connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            isUp = true;
            _attempt = 0;
            Keep(connection.SaltedKey);
            var forgotten = _forgotten;
            _forgotten = false;
            await session.RunAsync(connection, _lost, forgotten, cancellationToken).ConfigureAwait(false);
            return Failure.Of(new XmppException("The server closed the stream."), reached: true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (isUp)
            {
                await session.LeaveAsync(connection!).ConfigureAwait(false);
            }
            return Failure.Of(new XmppException("The client stops."), isUp);
        }
        catch (Exception failure)
        {
            return Failure.Of(failure, isUp);
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            if (isUp)
            {
                (_lost, _lostAt) = (connection!.Management, Time.GetTimestamp());
            }
            _failures = isUp && Time.GetElapsedTime(started) > Settled ? 1 : _failures + 1;
        }
    }

    private void Keep(SaltedKey? key)
    {
        if (key is not null)
        {
            // The next log-in derives nothing.
            _credentials = _credentials with { Keys = [key, .. _credentials.Keys.Where(other => other.Hash != key.Hash)] };
            context.Raise(() => LoggedIn?.Invoke(key));
        }
    }

    private async Task<XmppConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var options = context.Options;
        using var patience = new CancellationTokenSource(AccountRequests.Patience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var transport = await options.Dial(_attempt++, either.Token).ConfigureAwait(false);
            var connection = await XmppConnection.OpenAsync(transport, AccountRequests.ConnectionOptions(options), either.Token).ConfigureAwait(false);
            try
            {
                await connection.LogInAsync(LogIn(), either.Token).ConfigureAwait(false);
                return connection;
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new XmppException("The server does not answer.");
        }
    }

    private LogIn LogIn() => new(context.Account.Localpart ?? "", _credentials.Password)
    {
        Keys = _credentials.Keys,
        DeriveSaltedPassword = context.Options.DeriveSaltedPassword,
        Resource = session.Resource,
        StreamManagement = context.Options.UseStreamManagement,
        Resume = _lost,
    };

    private async Task WaitAsync(Failure failure, CancellationToken cancellationToken)
    {
        var options = context.Options;
        var wait = BackOff.Wait(Math.Max(_failures, 1), options.FirstRetry, options.LongestRetry, Random.Shared.NextDouble());
        // What woke an earlier wait must not cut this one short.
        await _wake.WaitAsync(0, CancellationToken.None).ConfigureAwait(false);
        status.Set(new ConnectionStatus(failure.Stops ? ConnectionPhase.Stopped : ConnectionPhase.Waiting)
        {
            Cause = failure.Fault,
            Detail = failure.Detail,
            Certificate = failure.Certificate,
            RetryAt = failure.Stops ? null : Time.GetUtcNow() + wait,
        }, failure.Exception);

        using var enough = new CancellationTokenSource(failure.Stops ? Timeout.InfiniteTimeSpan : wait, Time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            await _wake.WaitAsync(waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Time to try again, or to stop.
        }
    }

    public void Dispose() => _wake.Dispose();
}
