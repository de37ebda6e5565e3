using MyChat.Client.Connections;
using MyChat.Server.Modules;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Testing.Plays;

/// <summary>
/// A protocol transcript as a test: actors enter, send and receive XML; all that each receives must be as written, in order, and at the end
/// nobody may have received more. When it goes otherwise, the failure prints the play so far.
/// </summary>
public sealed class Play : IAsyncDisposable
{
    /// <summary>How long, in real time, something that must come is waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PlayServer _server;
    private readonly PlayTransport _transport;
    private readonly List<Actor> _actors = [];
    private readonly HashSet<string> _accounts = [];
    private readonly bool _ownsServer;
    private int _fences;

    /// <param name="ownsServer">Whether the server ends with the play.</param>
    public Play(PlayServer server, PlayTransport transport, bool ownsServer = true) =>
        (_server, _transport, _ownsServer) = (server, transport, ownsServer);

    /// <summary>A play on a server of its own, inside this process.</summary>
    public static async Task<Play> With(PlayTransport transport, TestServerOptions? options = null) =>
        new(await TestServer.StartAsync(transport, options), transport);

    /// <summary>The same, with these modules and no others.</summary>
    public static Task<Play> With<TModule>(PlayTransport transport = PlayTransport.Memory)
        where TModule : IXmppModule, new() => With(transport, new TestServerOptions { Modules = [new TModule()] });

    /// <inheritdoc cref="With{TModule}(PlayTransport)"/>
    public static Task<Play> With<TFirst, TSecond>(PlayTransport transport = PlayTransport.Memory)
        where TFirst : IXmppModule, new()
        where TSecond : IXmppModule, new() => With(transport, new TestServerOptions { Modules = [new TFirst(), new TSecond()] });

    /// <summary>The server, for what a play cannot see.</summary>
    public PlayServer Server => _server;

    public string Domain => _server.Domain;

    /// <summary>What patterns have bound so far, by name.</summary>
    public string this[string name] => Bound[name];

    internal Dictionary<string, string> Bound { get; } = [];
    internal Transcript Transcript { get; } = new();

    /// <summary>The password of an actor's account.</summary>
    public static string PasswordOf(string localpart) => $"{localpart}'s secret";

    /// <summary>
    /// Somebody logs in; the account is made when it is new to the play. Sends initial presence, and takes out its echo; everything else that
    /// arrives is the play's.
    /// </summary>
    /// <param name="who">localpart/resource</param>
    public async Task<Actor> Enter(
        string who, bool presence = true, int priority = 0, Management management = Management.Off, bool showServerPings = false)
    {
        var (localpart, resource) = Split(who);
        if (_accounts.Add(localpart))
        {
            await _server.RegisterAsync(localpart, PasswordOf(localpart));
        }
        Transcript.Note($"{who} enters");
        var logIn = new LogIn(localpart, PasswordOf(localpart)) { Resource = resource, StreamManagement = management != Management.Off };
        var (link, connection) = await Connect(who, logIn, management);
        if (management != Management.Off && connection.Management is null)
        {
            throw Failure($"{who}: the server did not enable stream management.");
        }
        var actor = new Actor(this, who, (link, connection), management, showServerPings);
        _actors.Add(actor);
        actor.Listen();
        if (presence)
        {
            await actor.BecomeAvailable(priority);
        }
        return actor;
    }

    internal Task<(PlayLink Link, XmppConnection Connection)> Reconnect(Actor actor, StreamManagement lost)
    {
        var (localpart, resource) = Split(actor.Name);
        var logIn = new LogIn(localpart, PasswordOf(localpart)) { Resource = resource, Resume = lost };
        return Connect(actor.Name, logIn, actor.Management);
    }

    private async Task<(PlayLink Link, XmppConnection Connection)> Connect(string who, LogIn logIn, Management management)
    {
        var link = _server.Connect(_transport);
        var options = new ConnectionOptions
        {
            Domain = Domain,
            AllowPlaintext = _transport is PlayTransport.Memory or PlayTransport.WebSocket,
            AnswerAcknowledgementRequests = management != Management.Manual,
            KeepBytes = true,
        };
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var connection = await XmppConnection.OpenAsync(link.Transport, options, patience.Token);
            await connection.LogInAsync(logIn, patience.Token);
            return (link, connection);
        }
        catch (Exception failure) when (failure is XmppException or OperationCanceledException)
        {
            await link.Transport.DisposeAsync();
            throw Failure($"{who} could not log in: {failure.Message}", failure);
        }
    }

    /// <summary>Time passes for the server (only where its clock is the play's: <see cref="PlayTransport.Memory"/>).</summary>
    public void Passes(TimeSpan time)
    {
        Transcript.Note($"{time} passes");
        _server.Advance(time);
    }

    /// <summary>
    /// Everything has arrived, and nothing but what the play looked at. Every present actor pings every other and itself; what was on its way
    /// arrives before the answer, since order holds between each two. What that set off in turn is flushed out by the next rounds.
    /// </summary>
    public async Task NobodyReceivesMore()
    {
        var present = _actors.Where(actor => actor.IsPresent).ToList();
        for (var round = 0; round < 3; round++)
        {
            await FenceAsync(present, $"{Actor.FencePrefix}{++_fences}-");
        }
        foreach (var actor in present)
        {
            // The fence itself makes the server ask for acknowledgements.
            actor.Inbox.RemoveAll(xml => xml.Name.NamespaceName == Ns.StreamManagement);
        }
        if (_actors.Find(actor => actor.Inbox.Unread.Count > 0) is { } surprised)
        {
            throw Failure($"{surprised.Name} received more than the play says.");
        }
        Transcript.Note("nobody receives more");
    }

    private async Task FenceAsync(List<Actor> present, string prefix)
    {
        var pings = from sender in present from target in present select PingAsync(sender, target, prefix + sender.Name + '-' + target.Name);
        var answered = await Task.WhenAll(pings);
        foreach (var target in present)
        {
            var expected = answered.Where(ping => ping.Target == target && ping.Arrived).Select(ping => ((Jid?)ping.Sender.Jid, (string?)ping.Id));
            List<(Jid?, string?)> came;
            lock (target.Fences)
            {
                came = [.. target.Fences];
                target.Fences.Clear();
            }
            if (came.Except(expected).Any() || came.Count != came.Distinct().Count() || expected.Except(came).Any())
            {
                throw Failure($"{target.Name} did not receive the pings of {prefix}* once each: {string.Join(", ", came)}");
            }
        }
    }

    private async Task<(Actor Sender, Actor Target, string Id, bool Arrived)> PingAsync(Actor sender, Actor target, string id)
    {
        var ping = new Iq { Type = IqType.Get, To = target.Jid, Id = id, Payload = new Payload(new Element(Actor.Ping)) };
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await sender.Connection.RequestAsync(ping, patience.Token);
            return (sender, target, id, true);
        }
        catch (StanzaErrorException)
        {
            // One blocks the other: then nothing else passes between them either.
            return (sender, target, id, false);
        }
        catch (Exception silence) when (silence is XmppException or OperationCanceledException)
        {
            throw Failure($"{target.Name} did not answer a ping of {sender.Name}: {silence.Message}", silence);
        }
    }

    internal PlayException Failure(string what, Exception? inner = null) => Transcript.Failure(
        what, _actors.SelectMany(actor => actor.Inbox.Unread.Select(item => (actor.Name, item.Text))), inner);

    private static (string Localpart, string Resource) Split(string who) =>
        who.Split('/', 2) is [var localpart, var resource] ? (localpart, resource) : throw new ArgumentException("localpart/resource", nameof(who));

    public async ValueTask DisposeAsync()
    {
        foreach (var actor in _actors)
        {
            await actor.Connection.DisposeAsync();
        }
        if (_ownsServer)
        {
            await _server.DisposeAsync();
        }
    }
}
