using System.Text;
using System.Xml.Linq;
using MyChat.Client.Connections;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;
using XName = MyChat.Xmpp.Xml.XName;

namespace MyChat.Testing.Plays;

/// <summary>Whether an actor uses stream management (XEP-0198).</summary>
public enum Management
{
    Off,
    /// <summary>On; the actor answers the server's <c>&lt;r/&gt;</c> by itself, and asks itself now and then.</summary>
    Automatic,
    /// <summary>On; the play sends and receives <c>&lt;r/&gt;</c> and <c>&lt;a/&gt;</c>.</summary>
    Manual,
}

/// <summary>A client in a play: one resource of one account. What it receives is compared exactly and in order; see <see cref="Play"/>.</summary>
public sealed class Actor
{
    internal static readonly XName Ping = new("urn:xmpp:ping", "ping");
    internal const string FencePrefix = "fence-";

    private readonly Play _play;
    private readonly bool _showServerPings;
    private PlayLink _link;
    private Task _listening = Task.CompletedTask;
    private StreamErrorException? _error;

    internal Actor(Play play, string name, (PlayLink Link, XmppConnection Connection) to, Management management, bool showServerPings)
    {
        (_play, Name, Management, _showServerPings) = (play, name, management, showServerPings);
        (_link, Connection) = to;
    }

    /// <summary>As in <see cref="Play.Enter"/>: localpart/resource.</summary>
    public string Name { get; }

    /// <summary>The connection below, for what a play cannot say.</summary>
    public XmppConnection Connection { get; private set; }

    public FullJid Jid => Connection.Jid;

    internal Management Management { get; }
    internal bool IsPresent { get; private set; } = true;
    internal ActorInbox Inbox { get; } = new();

    /// <summary>The fence pings that arrived (sender and id), for <see cref="Play.NobodyReceivesMore"/>.</summary>
    internal List<(Jid? From, string? Id)> Fences { get; } = [];

    /// <summary>Sends one piece of XML as it stands; <c>{name}</c> is filled in from earlier patterns.</summary>
    public async Task Sends(string xml)
    {
        var filled = XmlPattern.Fill(xml, _play.Bound);
        _play.Transcript.Sent(Name, filled);
        try
        {
            await Connection.SendAsync(filled).AsTask().WaitAsync(Play.Patience);
        }
        catch (Exception lost) when (lost is XmppException or TimeoutException)
        {
            throw _play.Failure($"{Name} could not send: {lost.Message}", lost);
        }
    }

    /// <summary>The next that arrives must look like this (<see cref="XmlPattern"/>); returns it.</summary>
    public async Task<XElement> Receives(string pattern)
    {
        var expected = new XmlPattern(pattern);
        var (xml, text) = await Take(pattern);
        return expected.FindDifference(xml, _play.Bound) is { } difference
            ? throw _play.Failure($"{Name} received something else: {difference}\n  wanted   {pattern.Trim()}\n  received {text}")
            : xml;
    }

    /// <summary>The next that arrive must look like these, in whatever order.</summary>
    public async Task ReceivesInAnyOrder(params string[] patterns)
    {
        var received = new List<(XElement Xml, string Text)>();
        foreach (var _ in patterns)
        {
            received.Add(await Take($"{patterns.Length} stanzas in any order, of which {received.Count} came"));
        }
        if (!Assign([.. patterns.Select(pattern => new XmlPattern(pattern))], [.. received.Select(item => item.Xml)], _play.Bound))
        {
            throw _play.Failure(
                $"{Name} received others than these, in any order:\n  wanted   {string.Join("\n  wanted   ", patterns.Select(pattern => pattern.Trim()))}");
        }
    }

    private static bool Assign(IReadOnlyList<XmlPattern> patterns, List<XElement> received, Dictionary<string, string> bound)
    {
        if (patterns.Count == 0)
        {
            return true;
        }
        for (var i = 0; i < received.Count; i++)
        {
            var attempt = new Dictionary<string, string>(bound);
            if (patterns[0].FindDifference(received[i], attempt) is null
                && Assign([.. patterns.Skip(1)], [.. received.Where((_, other) => other != i)], attempt))
            {
                foreach (var (name, value) in attempt)
                {
                    bound[name] = value;
                }
                return true;
            }
        }
        return false;
    }

    private async Task<(XElement Xml, string Text)> Take(string wanted, Predicate<XElement>? which = null)
    {
        try
        {
            var taken = await Inbox.TakeAsync(which ?? (_ => true), Play.Patience);
            _play.Transcript.Received(Name, taken.Text);
            return taken;
        }
        catch (TimeoutException late)
        {
            throw _play.Failure($"{Name}: {late.Message}\n  wanted   {wanted.Trim()}", late);
        }
    }

    /// <summary>Sends initial presence and takes its echo out, wherever it stands among what arrives (RFC 6121 §4.2.2).</summary>
    internal async Task BecomeAvailable(int priority)
    {
        await Sends(priority == 0 ? "<presence/>" : $"<presence><priority>{priority}</priority></presence>");
        await Take("the echo of the own presence", xml => xml.Name.LocalName == "presence" && (string?)xml.Attribute("from") == Jid.ToString());
    }

    /// <summary>Closes the stream and the connection as a polite client does; what it had not looked at stays to be looked at.</summary>
    public async Task Disconnects()
    {
        _play.Transcript.Note($"{Name} disconnects");
        IsPresent = false;
        var served = _link.Served();
        await Connection.CloseAsync();
        await _listening;
        await Noticed(served);
    }

    /// <summary>The link breaks: nobody says goodbye.</summary>
    public async Task DropsLink()
    {
        _play.Transcript.Note($"{Name} loses the link");
        IsPresent = false;
        var served = _link.Served();
        Connection.Abort();
        await _listening;
        await Noticed(served);
    }

    /// <summary>The server must have ended the stream; with <paramref name="condition"/>, by that error (such as <c>Conflict</c>).</summary>
    public async Task IsDisconnected(MyChat.Xmpp.Streams.StreamErrorCondition? condition = null)
    {
        try
        {
            var end = await Inbox.WaitForEndAsync(Play.Patience);
            _play.Transcript.Note($"{Name} is disconnected: {end}");
            IsPresent = false;
            if (condition is not null && _error?.Condition != condition)
            {
                throw _play.Failure($"{Name}: the stream should have ended with {condition}, not so: {end}");
            }
        }
        catch (TimeoutException late)
        {
            throw _play.Failure($"{Name}: {late.Message}", late);
        }
    }

    /// <summary>Connects again and resumes the stream (XEP-0198 §5); the play fails when the server does not.</summary>
    public async Task Resumes()
    {
        var lost = Connection.Management ?? throw new InvalidOperationException($"{Name} entered without stream management.");
        _play.Transcript.Note($"{Name} resumes");
        (_link, Connection) = await _play.Reconnect(this, lost);
        if (!Connection.Resumed)
        {
            throw _play.Failure($"{Name}: the stream was not resumed.");
        }
        IsPresent = true;
        Inbox.Reopen();
        Listen();
    }

    internal void Listen() => _listening = Task.Run(ListenAsync);

    private async Task ListenAsync()
    {
        try
        {
            await foreach (var received in Connection.ReceiveAsync())
            {
                if (!await AnswersByItself(received))
                {
                    var text = Encoding.UTF8.GetString(received.Bytes.Span);
                    Inbox.Add(PlayXml.Parse(text), text);
                }
            }
            Inbox.End("the server closed the stream");
        }
        catch (Exception end)
        {
            _error = end as StreamErrorException;
            Inbox.End(end.Message);
        }
    }

    private async ValueTask<bool> AnswersByItself(Received received)
    {
        if (received.Item is not Iq { Type: IqType.Get } iq || iq.Payload.First != Ping)
        {
            return false;
        }
        var isFence = iq.Id is not null && iq.Id.StartsWith(FencePrefix, StringComparison.Ordinal);
        if (isFence)
        {
            lock (Fences)
            {
                Fences.Add((iq.From, iq.Id));
            }
        }
        // The server asks whether its messages arrived (a proof): that is not part of the play, unless this is about it.
        else if (_showServerPings || (iq.From is not null && iq.From.ToString() != _play.Domain))
        {
            return false;
        }
        await Connection.SendAsync(iq.ToResult());
        return true;
    }

    private async Task Noticed(Task served)
    {
        try
        {
            await served.WaitAsync(Play.Patience);
        }
        catch (TimeoutException late)
        {
            throw _play.Failure($"{Name}: the server did not notice the end of the connection.", late);
        }
    }
}
