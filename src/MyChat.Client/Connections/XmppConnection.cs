using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>
/// One stream to the server over one connection: <see cref="OpenAsync"/>, perhaps <see cref="RegisterAsync"/>, <see cref="LogInAsync"/>, then
/// sending and receiving until either side ends it. Sending is safe from several threads; <see cref="ReceiveAsync"/> has one reader.
/// </summary>
public sealed class XmppConnection : IAsyncDisposable
{
    private readonly ClientTransport _transport;
    private readonly ConnectionOptions _options;
    private readonly InputReader _input;
    private readonly OutputBuffer _output;
    private readonly Negotiation _negotiation;
    private readonly Inbox _inbox = new();
    private readonly PendingRequests _requests = new();
    private readonly Collectors _collectors = new();
    private readonly string _idPrefix = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private FullJid? _jid;
    private Task _reading = Task.CompletedTask;
    private long _lastId;
    private long _lastHeard;
    private int _closing;
    private volatile bool _aborted;

    private XmppConnection(ClientTransport transport, ConnectionOptions options)
    {
        (_transport, _options) = (transport, options);
        _input = new InputReader(transport, options);
        _output = new OutputBuffer(transport, options.Log, options.AnswerAcknowledgementRequests ? options.AcknowledgeEvery : 0);
        _negotiation = new Negotiation(transport, _input, _output, options);
    }

    /// <summary>What the server offered last.</summary>
    public Element Features => _negotiation.Features;

    /// <summary>The resource that was bound.</summary>
    public FullJid Jid => _jid ?? throw new InvalidOperationException("Not logged in.");

    /// <summary>The stream-managed stream, to resume it later; null where stream management is off (XEP-0198).</summary>
    public StreamManagement? Management => _inbox.Management;

    /// <summary>What the log-in made of the password, to be kept for the next; null before log-in and after PLAIN.</summary>
    public SaltedKey? SaltedKey { get; private set; }

    /// <summary>Whether the log-in took up the earlier stream.</summary>
    public bool Resumed { get; private set; }

    /// <summary>How long nothing was heard of the server.</summary>
    public TimeSpan Silence => _options.Time.GetElapsedTime(LastHeard);

    /// <summary>When something was heard last, as a time stamp of <see cref="ConnectionOptions.Time"/>.</summary>
    internal long LastHeard => Interlocked.Read(ref _lastHeard);

    /// <summary>Completes when nothing more can be received; never fails.</summary>
    public Task Ended => _reading;

    /// <summary>Reaches the server, and goes through TLS up to the offer to log in.</summary>
    /// <exception cref="XmppException">Why it did not work; the transport is disposed of.</exception>
    public static async Task<XmppConnection> OpenAsync(ClientTransport transport, ConnectionOptions options, CancellationToken cancellationToken = default)
    {
        var connection = new XmppConnection(transport, options);
        try
        {
            // Nothing before log-in is long.
            transport.MaxBytes = Math.Min(options.MaxStanzaBytes, 1 << 16);
            await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await connection._negotiation.OpenStreamAsync(cancellationToken).ConfigureAwait(false);
            await connection._negotiation.SecureAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception failure)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw failure is XmppException or OperationCanceledException ? failure : new XmppException("The server cannot be reached.", failure);
        }
    }

    /// <summary>Makes an account (XEP-0077), before <see cref="LogInAsync"/>.</summary>
    /// <exception cref="StanzaErrorException">The server refuses: <c>conflict</c> when the name is taken.</exception>
    public async Task RegisterAsync(string username, string password, CancellationToken cancellationToken = default) =>
        await _negotiation.RegisterAsync(username, password, cancellationToken).ConfigureAwait(false);

    /// <summary>Authenticates and nothing more: no resource is bound. Returns what the log-in made of the password; null after PLAIN.</summary>
    /// <exception cref="AuthenticationException">The server refuses the password, or is not genuine.</exception>
    public async Task<SaltedKey?> AuthenticateAsync(LogIn logIn, CancellationToken cancellationToken = default) =>
        SaltedKey = await _negotiation.AuthenticateAsync(logIn, cancellationToken).ConfigureAwait(false);

    /// <summary>Authenticates, then binds a resource or resumes an earlier stream. After a failure of the log-in itself one may try again.</summary>
    /// <exception cref="AuthenticationException">The server refuses the password, or is not genuine.</exception>
    public async Task LogInAsync(LogIn logIn, CancellationToken cancellationToken = default)
    {
        await AuthenticateAsync(logIn, cancellationToken).ConfigureAwait(false);
        _inbox.Management = logIn.Resume;
        if (logIn.Resume is { } lost && await _negotiation.ResumeAsync(lost, cancellationToken).ConfigureAwait(false))
        {
            Resumed = true;
            _jid = lost.Jid;
            // XEP-0198 §5: what was not acknowledged goes out again, in order, and keeps its numbers.
            foreach (var stanza in lost.Unacknowledged)
            {
                _output.Add(stanza, (bytes, output) => RawXml.Write(bytes.Span, _transport.IsFramed, output), isStanza: false);
            }
            _output.Management = lost;
            await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _jid = await _negotiation.BindAsync(logIn.Resource, cancellationToken).ConfigureAwait(false);
            _inbox.Management = logIn.StreamManagement
                ? await _negotiation.EnableAsync(_jid, cancellationToken).ConfigureAwait(false)
                : null;
            _output.Management = _inbox.Management;
        }
        _lastHeard = _options.Time.GetTimestamp();
        _reading = Task.Run(ReadAllAsync, CancellationToken.None);
    }

    /// <summary>Queues a stanza; <see cref="FlushAsync"/> sends all that is queued in one write.</summary>
    /// <param name="mark">With stream management: what <see cref="StreamManagement.TakeConfirmed"/> tells once the server has the stanza.</param>
    public void Post(Stanza stanza, object? mark = null) =>
        _output.Add(stanza, (item, output) => item.WriteTo(output, _transport.IsFramed), isStanza: true, mark);

    /// <summary>Queues another element of the stream.</summary>
    public void Post(Element element) =>
        _output.Add(element, (item, output) => item.WriteTo(output, _transport.IsFramed ? "" : Ns.Client), isStanza: RawXml.IsStanza(element.Name));

    /// <summary>
    /// Queues XML as it stands: one whole piece where jabber:client is the default namespace. It is not checked; what is not well-formed goes
    /// out like that.
    /// </summary>
    public void Post(string xml)
    {
        var utf8 = Encoding.UTF8.GetBytes(xml);
        _output.Add(utf8, (bytes, output) => RawXml.Write(bytes, _transport.IsFramed, output), RawXml.IsStanza(utf8));
    }

    /// <summary>Sends what is queued; completes when the network has it.</summary>
    /// <exception cref="XmppException">The connection is lost. With stream management the stanzas stay in <see cref="StreamManagement.Unacknowledged"/>.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => _output.FlushAsync(cancellationToken);

    /// <inheritdoc cref="Post(Stanza, object?)"/>
    public ValueTask SendAsync(Stanza stanza, CancellationToken cancellationToken = default)
    {
        Post(stanza);
        return FlushAsync(cancellationToken);
    }

    /// <inheritdoc cref="Post(Element)"/>
    public ValueTask SendAsync(Element element, CancellationToken cancellationToken = default)
    {
        Post(element);
        return FlushAsync(cancellationToken);
    }

    /// <inheritdoc cref="Post(string)"/>
    public ValueTask SendAsync(string xml, CancellationToken cancellationToken = default)
    {
        Post(xml);
        return FlushAsync(cancellationToken);
    }

    /// <summary>Sends a request (get or set) and returns the result. An id is made where there is none.</summary>
    /// <exception cref="StanzaErrorException">It was answered with an error.</exception>
    /// <exception cref="NoAnswerException">No answer came within <see cref="ConnectionOptions.RequestTimeout"/>.</exception>
    public async Task<Iq> RequestAsync(Iq request, CancellationToken cancellationToken = default)
    {
        var id = request.Id ?? $"{_idPrefix}-{Interlocked.Increment(ref _lastId)}";
        var answer = _requests.Add(id, request.To);
        try
        {
            await SendAsync(request with { Id = id }, cancellationToken).ConfigureAwait(false);
            var iq = await answer.WaitAsync(_options.RequestTimeout, _options.Time, cancellationToken).ConfigureAwait(false);
            return iq.Type == IqType.Error
                ? throw new StanzaErrorException(StanzaError.Read(iq) ?? new StanzaError(StanzaErrorCondition.UndefinedCondition), iq)
                : iq;
        }
        catch (TimeoutException late)
        {
            throw new NoAnswerException(late);
        }
        finally
        {
            _requests.Remove(id);
        }
    }

    /// <summary>
    /// Gives messages that belong to an answer, such as a page of an archive, to whoever asked, until it is disposed of. What
    /// <paramref name="take"/> takes (it is called by the reading loop and must be quick) is not received by <see cref="ReceiveAsync"/>.
    /// </summary>
    internal IDisposable Collect(Func<Message, bool> take) => _collectors.Add(take);

    /// <summary>Asks for an acknowledgement and completes when the server has acknowledged all that was sent so far (XEP-0198 §4).</summary>
    public async Task ConfirmAsync(CancellationToken cancellationToken = default)
    {
        var management = Management ?? throw new InvalidOperationException("Stream management is off.");
        var confirmed = management.WhenAcknowledged();
        if (!confirmed.IsCompleted)
        {
            await SendAsync(new Element(Names.SmRequest), cancellationToken).ConfigureAwait(false);
        }
        if (await Task.WhenAny(confirmed, _reading).WaitAsync(cancellationToken).ConfigureAwait(false) != confirmed)
        {
            throw new XmppException("The connection is lost.");
        }
    }

    /// <summary>
    /// What the server sends, but for answers to <see cref="RequestAsync"/> and to acknowledgements. Asking for the next one says that the
    /// last was handled, which is what the server is told. Ends when the stream was closed.
    /// </summary>
    /// <exception cref="XmppException">The stream ended with an error, or the connection is lost.</exception>
    public async IAsyncEnumerable<Received> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var some in ReceiveSomeAsync(1, cancellationToken).ConfigureAwait(false))
        {
            yield return some[0];
        }
    }

    /// <summary>The same, as many at a time as are there already, but not more than <paramref name="most"/>.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<Received>> ReceiveSomeAsync(int most, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var some = _inbox.Take(most, out var owesAnswer);
            if (owesAnswer)
            {
                Answer();
            }
            if (some.Count > 0)
            {
                yield return some;
            }
            else if (!await _inbox.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                yield break;
            }
        }
    }

    /// <summary>Closes the stream as RFC 6120 §4.4 says, then the connection. What the server still sends can be received until then.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await SendCloseAsync(cancellationToken).ConfigureAwait(false);
            await _reading.WaitAsync(_options.CloseTimeout, _options.Time, cancellationToken).ConfigureAwait(false);
            await _transport.CloseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is XmppException or TimeoutException or IOException or ObjectDisposedException)
        {
            // The peer is gone already, or does not answer: nothing is left to be said.
        }
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Cuts the connection at once, as a lost link would. A stream-managed stream can then be resumed.</summary>
    public void Abort()
    {
        _aborted = true;
        _transport.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        Abort();
        // What is posted from here on would count on a stream that another connection may have taken up.
        _output.Close();
        await _reading.ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask SendCloseAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }
        if (Management is { } management && _options.AnswerAcknowledgementRequests)
        {
            // XEP-0198 §4: so that nothing is thought lost.
            _output.Add(management, RawXml.WriteAnswer, isStanza: false);
        }
        _output.Add(_transport.IsFramed, RawXml.WriteClose, isStanza: false);
        // Nothing may follow (RFC 6120 §4.4).
        _output.Close();
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadAllAsync()
    {
        Exception? end = null;
        try
        {
            while (await _input.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } received)
            {
                Interlocked.Exchange(ref _lastHeard, _options.Time.GetTimestamp());
                Take(received);
            }
            await SendCloseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            end = _aborted && failure is not StreamErrorException ? new XmppException("The connection was cut.", failure) : failure;
            await TellAsync(failure).ConfigureAwait(false);
        }
        _requests.End(end ?? new XmppException("The stream is closed."));
        _inbox.End(end);
    }

    private void Take(Received received)
    {
        if (received.Item is Stanza stanza)
        {
            _inbox.Add(received, toReader: !(stanza is Iq iq ? _requests.TryAnswer(iq, Jid) : stanza is Message message && _collectors.Take(message)));
            return;
        }
        if (received.Item is Element element && element.Name.Ns == Ns.StreamManagement && Management is { } management)
        {
            if (element.Name == Names.SmAnswer && Negotiation.TryReadCount(element, out var h) && management.Acknowledge(h))
            {
                _inbox.AddNonza(new Received(management, default));
            }
            if (_options.AnswerAcknowledgementRequests)
            {
                if (element.Name == Names.SmRequest)
                {
                    _inbox.OweAnswer();
                    Answer();
                }
                return;
            }
        }
        _inbox.AddNonza(received);
    }

    /// <summary>Tells the server what was handled. The reading loop must not wait for the network: the server may wait for it to read.</summary>
    private async void Answer()
    {
        try
        {
            _output.Add(Management!, RawXml.WriteAnswer, isStanza: false);
            await _output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (XmppException)
        {
            // The connection is lost, as the reading loop finds out.
        }
    }

    /// <summary>Says what was wrong with what the server sent, as far as it can still be said (RFC 6120 §4.9.1.1).</summary>
    private async ValueTask TellAsync(Exception failure)
    {
        if (failure is StreamErrorException { IsOurs: true } ours && Interlocked.Exchange(ref _closing, 1) == 0)
        {
            try
            {
                Post(new StreamError(ours.Condition).ToElement());
                _output.Add(_transport.IsFramed, RawXml.WriteClose, isStanza: false);
                await _output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                await _transport.CloseAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is XmppException or IOException)
            {
                // It can no longer be said.
            }
        }
        _transport.Abort();
    }
}
