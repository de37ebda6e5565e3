using System.Buffers;
using System.Globalization;
using System.Text;
using MyChat.Client.Connections;
using MyChat.Xmpp.Xml;

namespace MyChat.Bench.Sessions;

/// <summary>
/// Sees a message or presence that a session received, or an iq that answers nothing. What it posts goes out with the rest of the batch.
/// </summary>
internal delegate void Receive(ReadOnlySpan<byte> stanza);

/// <summary>
/// A bound resource that costs the generator little: what comes in is looked at in the buffer, what goes out is collected and sent once for each
/// batch read. Anybody may post; the network has one writer at a time.
/// </summary>
internal sealed class Session : IAsyncDisposable
{
    /// <summary>After so many stanzas an acknowledgement is asked for (XEP-0198 §4).</summary>
    private const int AskEvery = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly Link _link;
    private readonly Lock _gate = new();
    private byte[] _waiting = new byte[1024];
    private byte[] _going = new byte[1024];
    private int _filled;
    private bool _writing;
    private Task _reading = Task.CompletedTask;
    private volatile TaskCompletionSource<byte[]>? _answer;
    private byte[] _awaited = [];
    private int _lastRequest;
    private uint _handled;
    private uint _counted;
    private uint _acknowledged;
    private TaskCompletionSource? _confirmed;
    private bool _closing;

    private Session(Link link) => _link = link;

    private static ReadOnlySpan<byte> StreamNamespace => " xmlns='jabber:client'"u8;
    private static ReadOnlySpan<byte> Enable => "<enable xmlns='urn:xmpp:sm:3' resume='true'/>"u8;
    private static ReadOnlySpan<byte> AskForNumber => "<r xmlns='urn:xmpp:sm:3'/>"u8;

    /// <summary>The address with resource.</summary>
    public string Jid { get; private set; } = "";

    public string Bare => Jid.Split('/')[0];

    public Receive? Received { get; set; }

    /// <summary>Whether there is stream management (XEP-0198).</summary>
    public bool IsManaged { get; private set; }

    /// <summary>Stanzas that the server has not acknowledged; 0 without stream management.</summary>
    public int Unacknowledged
    {
        get
        {
            lock (_gate)
            {
                return IsManaged ? (int)(_counted - _acknowledged) : 0;
            }
        }
    }

    /// <summary>Why it ended while nobody wanted that; null as long as it is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Binds a resource on a connection that is authenticated, and turns stream management on where it is wanted and offered.</summary>
    public static async Task<Session> BindAsync(Link link, string resource, bool manage, CancellationToken cancellationToken)
    {
        var session = new Session(link);
        session._reading = Task.Run(session.ReadAsync, CancellationToken.None);
        var bound = await session.RequestAsync(
            "set", $"<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind>", cancellationToken: cancellationToken);
        var text = Scan.Text(bound);
        session.Jid = text.Split("<jid>", 2) is [_, var rest] ? rest.Split('<')[0] : throw new NegotiationException($"No resource was bound: {text}");
        if (manage)
        {
            session._answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            session.Post(Enable);
            session.Flush();
            await session._answer.Task.WaitAsync(Patience, cancellationToken);
        }
        return session;
    }

    /// <summary>Queues a stanza or another whole piece; <see cref="Flush"/> sends it.</summary>
    public void Post(ReadOnlySpan<byte> piece)
    {
        lock (_gate)
        {
            var isStanza = piece[1] is (byte)'m' or (byte)'p' or (byte)'i';
            Add(piece, isStanza);
            if (isStanza && ++_counted % AskEvery == 0 && IsManaged)
            {
                Add(AskForNumber, isStanza: false);
            }
            else if (piece.StartsWith(Enable))
            {
                _counted = 0; // XEP-0198 §4
            }
        }
    }

    public void Post(string piece) => Post(Encoding.UTF8.GetBytes(piece));

    /// <summary>Posts and sends.</summary>
    public void Send(string piece)
    {
        Post(piece);
        Flush();
    }

    /// <summary>
    /// Completes when the server has acknowledged all that was sent so far; without stream management, when it has answered a ping sent after it.
    /// </summary>
    public async Task ConfirmAsync(CancellationToken cancellationToken = default)
    {
        if (!IsManaged)
        {
            await RequestAsync("get", "<ping xmlns='urn:xmpp:ping'/>", Jid.Split('@', '/')[1], cancellationToken);
            return;
        }
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _confirmed = confirmed;
            if (_acknowledged == _counted)
            {
                return;
            }
        }
        Post(AskForNumber);
        Flush();
        if (await Task.WhenAny(confirmed.Task, _reading).WaitAsync(Patience, cancellationToken) != confirmed.Task)
        {
            throw new XmppException(Fault ?? "closed");
        }
    }

    /// <summary>Sends what was posted; where a write is under way, that one takes it along.</summary>
    public void Flush()
    {
        while (TryBegin(out var bytes))
        {
            ValueTask sent;
            try
            {
                sent = _link.SendAsync(bytes, CancellationToken.None);
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                return; // the reading loop says so
            }
            if (!sent.IsCompletedSuccessfully)
            {
                _ = FinishAsync(sent.AsTask());
                return;
            }
            End();
        }
    }

    /// <summary>Sends an iq and returns the answer, a result or an error, as it came. One at a time.</summary>
    /// <param name="type">"get" or "set".</param>
    public async Task<byte[]> RequestAsync(string type, string payload, string? to = null, CancellationToken cancellationToken = default)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"q{++_lastRequest}");
        var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = Encoding.UTF8.GetBytes(id);
        _answer = answer;
        if (Fault is not null)
        {
            throw new XmppException(Fault);
        }
        Send($"<iq type='{type}' id='{id}'{(to is null ? "" : $" to='{to}'")}>{payload}</iq>");
        try
        {
            return await answer.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new NoAnswerException(late);
        }
    }

    /// <summary>Leaves as polite clients do (RFC 6120 §4.4), or is cut off after 5 s.</summary>
    public async Task CloseAsync()
    {
        _closing = true;
        if (IsManaged)
        {
            PostHandled();
        }
        Send(_link.IsFramed ? "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>" : "</stream:stream>");
        await Task.WhenAny(_reading, Task.Delay(ClosePatience));
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _closing = true;
        _link.Abort();
        await _reading;
    }

    // The gate is held.
    private void Add(ReadOnlySpan<byte> piece, bool isStanza)
    {
        var output = Reserve(piece.Length + StreamNamespace.Length + WebSocketFrame.MostHeader);
        if (_link.IsFramed)
        {
            // RFC 7395 §3.3: each message stands alone, so a stanza says its namespace.
            var inserted = isStanza ? StreamNamespace : default;
            var name = piece.IndexOfAny(" />"u8);
            _filled += WebSocketFrame.WriteHeader(piece.Length + inserted.Length, output);
            Append(piece[..name]);
            Append(inserted);
            piece = piece[name..];
        }
        Append(piece);
    }

    private Span<byte> Reserve(int length)
    {
        if (_filled + length > _waiting.Length)
        {
            Array.Resize(ref _waiting, Math.Max(_filled + length, _waiting.Length * 2));
        }
        return _waiting.AsSpan(_filled);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_waiting.AsSpan(_filled));
        _filled += bytes.Length;
    }

    private bool TryBegin(out ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            if (_writing || _filled == 0)
            {
                bytes = default;
                return false;
            }
            (_waiting, _going) = (_going, _waiting);
            bytes = _going.AsMemory(0, _filled);
            (_filled, _writing) = (0, true);
            return true;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _writing = false;
        }
    }

    private async Task FinishAsync(Task sent)
    {
        try
        {
            await sent;
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            return; // the reading loop says so
        }
        End();
        Flush();
    }

    private async Task ReadAsync()
    {
        var fault = "the server closed the connection";
        try
        {
            do
            {
                var kind = _link.TryTake(out var piece, out var isPing);
                for (; kind == FrameKind.Element; kind = _link.TryTake(out piece, out isPing))
                {
                    if (isPing)
                    {
                        PostPong();
                    }
                    else
                    {
                        Take(piece.IsSingleSegment ? piece.FirstSpan : piece.ToArray());
                    }
                }
                Flush();
                if (kind == FrameKind.StreamClose)
                {
                    fault = "the server closed the stream";
                    break;
                }
            }
            while (await _link.FillAsync(CancellationToken.None));
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            fault = $"the connection is lost: {lost.Message}";
        }
        Fault ??= _closing ? null : fault;
        _answer?.TrySetException(new XmppException(Fault ?? "closed"));
    }

    private void Take(ReadOnlySpan<byte> piece)
    {
        if (piece.StartsWith("<message"u8) || piece.StartsWith("<presence"u8))
        {
            _handled++;
            Received?.Invoke(piece);
        }
        else if (piece.StartsWith("<iq"u8))
        {
            _handled++;
            TakeIq(piece);
        }
        else if (piece.StartsWith("<r "u8) || piece.StartsWith("<r>"u8) || piece.StartsWith("<r/"u8))
        {
            PostHandled();
        }
        else if (piece.StartsWith("<a "u8))
        {
            var h = (uint)Scan.NumberAfter(piece, piece.IndexOf(" h='"u8) >= 0 ? " h='"u8 : " h=\""u8);
            lock (_gate)
            {
                _acknowledged = h;
                if (_acknowledged == _counted)
                {
                    _confirmed?.TrySetResult();
                }
            }
        }
        else if (piece.StartsWith("<enabled"u8) || piece.StartsWith("<failed"u8))
        {
            (IsManaged, _handled) = (piece.StartsWith("<enabled"u8), 0);
            _answer?.TrySetResult([]);
        }
        else if (piece.StartsWith("<stream:error"u8))
        {
            Fault = $"the server ended the stream: {Scan.Text(piece)}";
        }
        else if (piece.StartsWith("<close"u8))
        {
            _link.Abort(); // RFC 7395 §3.6; the reading loop then ends
        }
    }

    private void TakeIq(ReadOnlySpan<byte> iq)
    {
        var type = Scan.Type(iq);
        var id = Scan.Id(iq);
        if (type.SequenceEqual("result"u8) || type.SequenceEqual("error"u8))
        {
            if (id.SequenceEqual(_awaited))
            {
                _answer?.TrySetResult(iq.ToArray());
            }
            else
            {
                Received?.Invoke(iq);
            }
            return;
        }
        // A push or a ping is done by saying so; anything else this client does not do.
        var from = Scan.From(iq);
        var to = from.IsEmpty ? "" : $" to='{Scan.Text(from)}'";
        Post(type.SequenceEqual("set"u8) || iq.IndexOf("urn:xmpp:ping"u8) >= 0
            ? $"<iq type='result' id='{Scan.Text(id)}'{to}/>"
            : $"<iq type='error' id='{Scan.Text(id)}'{to}><error type='cancel'>"
                + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    }

    private void PostHandled() => Post(string.Create(CultureInfo.InvariantCulture, $"<a xmlns='urn:xmpp:sm:3' h='{_handled}'/>"));

    private void PostPong()
    {
        lock (_gate)
        {
            Reserve(WebSocketFrame.EmptyPong.Length);
            Append(WebSocketFrame.EmptyPong);
        }
    }

    private static bool IsLoss(Exception failure) =>
        failure is IOException or System.Net.Sockets.SocketException or ObjectDisposedException or XmlStreamException or XmppException;
}
