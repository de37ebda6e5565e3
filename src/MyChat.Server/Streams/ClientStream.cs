using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using MyChat.Server.Accounts;
using MyChat.Server.Connections;
using MyChat.Server.Routing;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Streams;

/// <summary>How far a stream has come (RFC 6120 §4.3).</summary>
public enum StreamState
{
    /// <summary>A stream header must come next.</summary>
    Opening,
    /// <summary>Features were offered to somebody unknown.</summary>
    Stranger,
    /// <summary>A SASL exchange is under way.</summary>
    Authenticating,
    /// <summary>Logged in, and a new header must come next.</summary>
    Reopening,
    /// <summary>Logged in; a resource must be bound, or a stream resumed.</summary>
    Authenticated,
    /// <summary>Stanzas flow.</summary>
    Bound,
}

/// <summary>
/// One client's stream on one connection: reads pieces, negotiates by the table of <see cref="StreamNegotiation"/>, and once a resource is
/// bound posts what comes to the account. Reading slows down for the byte rate and for a full writer; nothing else pauses it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing to give back, and others may cancel it at any time.")]
public sealed partial class ClientStream
{
    private const int StrangerPieceBytes = 16_384;
    private const int StrangerBytes = 131_072;

    // Less than clients take: what one may send, with what is put around it (a carbon, the archive), must not break the stream of another.
    internal const int MaxDepth = 56;
    private const int MaxBindings = 64;
    private const int MaxNamespaceChars = 131_072;

    private static readonly TimeSpan StrangerTime = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(3);

    private readonly ILogger<ClientStream> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IAccountWork> _batch = [];
    private readonly long _startedAt;
    private ReadRate _rate;
    private StreamError? _endingWith;
    private bool _endIsFinal;
    private bool _headerSent;
    private bool _closedByClient;
    private bool _postedMessage;
    private bool _isShakingHands;
    private volatile bool _ending;
    private volatile bool _paused;
    private long _lastReceived;
    private long _answerExpectedSince;

    internal ClientStream(XmppServer server, Transport transport, ILogger<ClientStream> log)
    {
        (Server, Transport, _log) = (server, transport, log);
        Output = new Output(transport)
        {
            Drained = () => Session?.Delivery.Drained(),
            Broken = _ => Abort(),
        };
        Negotiation = new StreamNegotiation(this);
        _startedAt = _lastReceived = server.Time.GetTimestamp();
        _rate = new ReadRate(server.Options.Limits.BytesPerSecondPerSession, server.Time);
        transport.MaxPieceBytes = StrangerPieceBytes;
    }

    public XmppServer Server { get; }
    public Transport Transport { get; }
    public StreamState State { get; internal set; }

    /// <summary>Who logged in, or null.</summary>
    public BareJid? User { get; private set; }

    /// <summary>The bound session, or null.</summary>
    public Session? Session { get; private set; }

    public bool IsFramed => Transport.IsFramed;

    /// <summary>Whether the client may log in or register on this transport: inside TLS, unless the operator wants otherwise.</summary>
    public bool IsPrivateEnough => Transport.IsPrivate || Server.Options.C2s.AllowPlaintext;

    /// <summary>Whether somebody ended the stream, or its link is gone; may be read from anywhere.</summary>
    internal bool IsEnding => _ending;

    internal Output Output { get; }
    internal StanzaParser Parser { get; private set; } = NewParser();
    internal StreamNegotiation Negotiation { get; }

    /// <summary>Counts what the client sends, once it has enabled stream management; in the order of reading.</summary>
    internal HandledWindow? Inbound { get; set; }

    /// <summary>Completes when the connection is gone and everything read has been posted.</summary>
    internal Task Completion => _completion.Task;

    /// <summary>Ends the stream with an error (RFC 6120 §4.9); safe from anywhere, the first call counts.</summary>
    /// <param name="resumable">Whether the client may resume the session on a new connection.</param>
    public void End(StreamError error, bool resumable)
    {
        if (Interlocked.CompareExchange(ref _endingWith, error, null) is null)
        {
            _endIsFinal = !resumable;
            _ending = true;
            _ = _stop.CancelAsync();
        }
    }

    /// <summary>The user is known: a new header must follow, with the limits of those who are logged in.</summary>
    internal void Authenticate(BareJid user)
    {
        User = user;
        Parser = NewParser();
        Transport.RestartStream();
        Transport.MaxPieceBytes = Server.Options.Limits.StanzaBytes > 0 ? Server.Options.Limits.StanzaBytes : int.MaxValue;
        Log.LoggedIn(_log, user, Transport.Remote, Transport.Name);
    }

    internal void Bind(Session session)
    {
        Session = session;
        State = StreamState.Bound;
    }

    /// <summary>TLS began: a new header must follow, and nothing that was said before counts.</summary>
    internal async ValueTask StartTlsAsync()
    {
        await ShakeHandsAsync(_stop.Token);
        Parser = NewParser();
    }

    /// <summary>Queues work for the account, behind what was read before it.</summary>
    internal void Post(IAccountWork work) => _batch.Add(work);

    /// <summary>The client was asked something that a live one answers.</summary>
    internal void ExpectAnswer() =>
        Interlocked.CompareExchange(ref _answerExpectedSince, Server.Time.GetTimestamp(), 0);

    /// <summary>Once a second, from the server's clock.</summary>
    internal void Tick()
    {
        if (State != StreamState.Bound)
        {
            if (Server.Time.GetElapsedTime(_startedAt) > StrangerTime)
            {
                End(new StreamError(StreamErrorCondition.ConnectionTimeout, "Log-in took too long."), resumable: true);
            }
            return;
        }
        if (_paused || Session is not { } session)
        {
            return;
        }
        var expected = Interlocked.Read(ref _answerExpectedSince);
        if (expected != 0 && Server.Time.GetElapsedTime(expected) > AnswerTime)
        {
            Log.LinkDead(_log, session.Jid);
            End(new StreamError(StreamErrorCondition.ConnectionTimeout), resumable: true);
            return;
        }
        var isIdle = expected == 0 && Server.Time.GetElapsedTime(Interlocked.Read(ref _lastReceived)) > IdleTime;
        if (isIdle || session.Delivery.NeedsTick)
        {
            session.Account.Post(new AccountAction(_ =>
            {
                session.Delivery.Tick(isIdle);
                return default;
            }));
        }
    }

    internal async Task RunAsync(bool directTls, CancellationToken cancellation)
    {
        using var abort = cancellation.UnsafeRegister(static stream => ((ClientStream)stream!).Abort(), this);
        try
        {
            if (directTls)
            {
                using var patience = new CancellationTokenSource(HandshakeTime, Server.Time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
                await ShakeHandsAsync(either.Token);
            }
            await ReadAllAsync();
        }
        catch (XmlStreamException fault)
        {
            End(new StreamError(fault.Condition, fault.Message), resumable: true);
        }
        catch (Exception reason) when (reason is OperationCanceledException or IOException or WebSocketException or AuthenticationException
            or InvalidOperationException { Source: "System.IO.Pipelines" } or ObjectDisposedException)
        {
            Log.LinkLost(_log, Transport.Remote, reason.Message);
        }
        catch (Exception reason)
        {
            Log.Failed(_log, Transport.Remote, reason);
            End(new StreamError(StreamErrorCondition.InternalServerError), resumable: true);
        }
        finally
        {
            await FinishAsync();
        }
    }

    private async Task ReadAllAsync()
    {
        while (true)
        {
            while (!_ending && !_closedByClient && Transport.TryRead(out var piece))
            {
                await HandleAsync(piece);
            }
            PostBatch();
            Output.Flush();
            if (_ending || _closedByClient)
            {
                return;
            }
            if (State != StreamState.Bound && Transport.BytesReceived > StrangerBytes)
            {
                throw TooMuch(); // white space as well, of which no piece is ever made
            }
            await SlowDownAsync();
            if (!await Transport.ReceiveAsync(_stop.Token))
            {
                return;
            }
            Interlocked.Exchange(ref _lastReceived, Server.Time.GetTimestamp());
            Interlocked.Exchange(ref _answerExpectedSince, 0);
        }
    }

    private static StanzaParser NewParser() => new(MaxDepth, MaxBindings, MaxNamespaceChars);

    private static XmlStreamException TooMuch() => new(StreamErrorCondition.PolicyViolation, "Too much was sent before log-in.");

    // A handshake that fails leaves bytes of TLS on the wire, and nothing in the clear may follow them.
    private async ValueTask ShakeHandsAsync(CancellationToken cancellation)
    {
        _isShakingHands = true;
        await Transport.StartTlsAsync(cancellation);
        _isShakingHands = false;
    }

    private ValueTask HandleAsync(Piece piece)
    {
        switch (piece.Kind)
        {
            case FrameKind.StreamOpen:
                return Contiguous(piece, bytes => Negotiation.OpenAsync(Parser.ReadHeader(bytes)));
            case FrameKind.StreamClose:
                return Contiguous(piece, bytes =>
                {
                    Parser.ReadClose(bytes);
                    _closedByClient = true;
                    return default;
                });
        }
        if (State == StreamState.Bound)
        {
            Receive(Parse(piece));
            return default;
        }
        if (Transport.BytesReceived > StrangerBytes && User is null)
        {
            throw TooMuch();
        }
        if (IsFramed)
        {
            Parser.StandAlone();
        }
        var item = Parse(piece);
        if (item is Element { Name: var name } element && IsFramed)
        {
            if (name == XNames.FramingOpen)
            {
                return Negotiation.OpenAsync(new StreamHeader(
                    name, Ns.Client, element["to"], element["from"], element["id"], element["version"], element.Attribute(XNames.XmlLang)));
            }
            if (name == XNames.FramingClose)
            {
                _closedByClient = true;
                return default;
            }
        }
        return Negotiation.HandleAsync(item);
    }

    private object Parse(Piece piece)
    {
        if (piece.Bytes.IsSingleSegment)
        {
            return Parser.Read(piece.Bytes.FirstSpan);
        }
        var copy = ArrayPool<byte>.Shared.Rent((int)piece.Bytes.Length);
        try
        {
            piece.Bytes.CopyTo(copy);
            return Parser.Read(copy.AsSpan(0, (int)piece.Bytes.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static ValueTask Contiguous(Piece piece, Func<byte[], ValueTask> read) => read(piece.Bytes.ToArray());

    private void Receive(object item)
    {
        switch (item)
        {
            case Message message:
                Post(new MessageTransit(Server, Session!, message, Inbound?.Begin() ?? 0, Session!.OwnMessages.Begin()));
                _postedMessage = true;
                break;
            case Stanza stanza:
                Post(new StanzaTransit(Server, Session!, stanza, Inbound?.Begin() ?? 0));
                break;
            case Element { Name: var name } when name == XNames.FramingClose && IsFramed:
                _closedByClient = true;
                break;
            default:
                Negotiation.HandleBound((Element)item);
                break;
        }
    }

    private void PostBatch()
    {
        if (_batch.Count > 0)
        {
            Session!.Account.Post(_batch);
            _batch.Clear();
        }
    }

    // While reading is paused for our own sake, silence of the client says nothing about its link.
    private async ValueTask SlowDownAsync()
    {
        if (State != StreamState.Bound)
        {
            return;
        }
        var wait = _rate.Take(Transport.BytesReceived);
        var mustWait = _postedMessage && !Server.Mailboxes.HasRoom;
        _postedMessage = false;
        if (wait <= TimeSpan.Zero && !mustWait)
        {
            return;
        }
        _paused = true;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, Server.Time, _stop.Token);
        }
        if (mustWait)
        {
            await Server.Mailboxes.WaitForRoomAsync(_stop.Token);
        }
        Interlocked.Exchange(ref _answerExpectedSince, 0);
        _paused = false;
    }

    private void Abort()
    {
        _ending = true;
        _ = _stop.CancelAsync();
    }

    // Whatever was read whole is processed, however the stream ended (design: resumption).
    private async Task FinishAsync()
    {
        PostBatch();
        if (Session is { } session)
        {
            await AnswerAllAsync();
            var lost = new AccountRequest<bool>(async _ =>
            {
                await Server.Sessions.LoseLinkAsync(session, this, _closedByClient, resumable: !_endIsFinal);
                return true;
            });
            if (session.Account.Post(lost)) // else the account has left memory, and the session had ended before
            {
                await lost.Result;
            }
        }
        _completion.TrySetResult();
        try
        {
            await SayGoodbyeAsync().WaitAsync(CloseTime, TimeProvider.System);
        }
        catch (Exception reason) when (reason is not OutOfMemoryException)
        {
            Log.LinkLost(_log, Transport.Remote, reason.Message);
        }
        Transport.Abort();
        await Transport.DisposeAsync();
    }

    /// <summary>
    /// Where there is somebody left to be told: what was read is committed or refused before our last words count it. A client sends again
    /// what is not acknowledged, and what is stored already would be there twice.
    /// </summary>
    private async ValueTask AnswerAllAsync()
    {
        if (Inbound is not { } inbound || _endIsFinal || (_endingWith is null && !_closedByClient))
        {
            return;
        }
        try
        {
            await inbound.WhenAllHandled().WaitAsync(CloseTime, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // The database takes its time: the rest stays unacknowledged.
        }
    }

    private async Task SayGoodbyeAsync()
    {
        if ((_endingWith is null && !_closedByClient) || _isShakingHands)
        {
            return; // the link is gone
        }
        if (_endingWith is not null)
        {
            if (!_headerSent)
            {
                SendHeader(); // RFC 6120 §4.9.1.1
            }
        }
        if (Session?.Management is { } management && !_endIsFinal)
        {
            Output.Write(Nonzas.Answer(management.Inbound.Handled));
        }
        if (_endingWith is not null)
        {
            StreamHeaders.Error(Output, IsFramed, _endingWith);
        }
        StreamHeaders.Close(Output, IsFramed);
        await Output.FlushAsync();
        Output.Close();
        await Transport.CompleteAsync();
        await HearGoodbyeAsync();
        await Transport.CloseAsync();
    }

    // Until the other side has said it too: a socket closed with bytes unread takes our last words back.
    private async Task HearGoodbyeAsync()
    {
        try
        {
            while (!_closedByClient && await Transport.ReceiveAsync(CancellationToken.None))
            {
                while (!_closedByClient && Transport.TryRead(out var piece))
                {
                    _closedByClient = piece.Kind == FrameKind.StreamClose;
                }
            }
        }
        catch (XmlStreamException)
        {
            await Transport.DrainAsync(); // nothing can be told apart any more
        }
    }

    internal void SendHeader()
    {
        _headerSent = true;
        StreamHeaders.Open(Output, IsFramed, Server.Domain, SessionLifecycle.NewResumptionId());
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{User} logged in from {Remote} over {Transport}")]
        public static partial void LoggedIn(ILogger logger, BareJid user, System.Net.IPEndPoint remote, string transport);

        [LoggerMessage(Level = LogLevel.Debug, Message = "{Remote}: {Reason}")]
        public static partial void LinkLost(ILogger logger, System.Net.IPEndPoint remote, string reason);

        [LoggerMessage(Level = LogLevel.Debug, Message = "{Session} does not answer; its link is given up")]
        public static partial void LinkDead(ILogger logger, FullJid session);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Remote}: the stream failed")]
        public static partial void Failed(ILogger logger, System.Net.IPEndPoint remote, Exception reason);
    }
}
