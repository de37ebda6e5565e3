using MyChat.Client.Connections;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.EndToEnd.Browsers;

/// <summary>Whose server it is.</summary>
public enum ServerKind { MyChat, Prosody }

/// <summary>A server as its users find it, behind a network that a test can cut.</summary>
public abstract class Venue : IAsyncDisposable
{
    public abstract ServerKind Kind { get; }
    public abstract PlayServer Server { get; }
    public string Domain => Server.Domain;

    /// <summary>Between the browser and the web client's server, and between the desktop program and the server's port for clients.</summary>
    public abstract Link WebLink { get; }
    public abstract Link ClientLink { get; }

    /// <summary>Where the web client is.</summary>
    public Uri Web => new($"http://127.0.0.1:{WebLink.Port}/");

    /// <summary>SHA-256 of the server's certificate.</summary>
    public abstract byte[] Fingerprint { get; }

    /// <summary>What the server wrote.</summary>
    public abstract string Output { get; }

    /// <summary>Ends the server as a crash does.</summary>
    public abstract Task KillAsync();

    /// <summary>Starts it again.</summary>
    public abstract Task StartAgainAsync();

    /// <summary>A session that says exactly what a test wants, for those who do not play fair.</summary>
    public async Task<XmppConnection> LogInRawAsync(string name, string password, string? resource = null, bool carbons = false)
    {
        var connection = await XmppConnection.OpenAsync(Server.Connect(PlayTransport.StartTls).Transport, new ConnectionOptions { Domain = Domain });
        await connection.LogInAsync(new LogIn(name, password) { Resource = resource });
        if (carbons)
        {
            await connection.SendAsync("<iq type='set' id='carbons'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
        }
        return connection;
    }

    /// <summary>Makes friends of two accounts, by a request and its answer, before anybody sits at a screen.</summary>
    public async Task BefriendAsync(Person one, Person other)
    {
        await using var first = await LogInRawAsync(one.UserName, one.Password);
        await using var second = await LogInRawAsync(other.UserName, other.Password);
        // Only who asked for the roster hears of changes to it (RFC 6121 §2.2).
        const string entrance = "<iq type='get' id='roster'><query xmlns='jabber:iq:roster'/></iq><presence/>";
        await first.SendAsync($"{entrance}<presence to='{other.Jid}' type='subscribe'/>");
        await second.SendAsync(entrance);
        await HearsAsync(second, PresenceType.Subscribe);
        await second.SendAsync($"<presence to='{one.Jid}' type='subscribed'/><presence to='{one.Jid}' type='subscribe'/>");
        await HearsAsync(first, PresenceType.Subscribe);
        await first.SendAsync($"<presence to='{other.Jid}' type='subscribed'/>");
        await HearsAsync(second, PresenceType.Subscribed);
        await first.CloseAsync();
        await second.CloseAsync();

        static async Task HearsAsync(XmppConnection connection, PresenceType type)
        {
            using var patience = new CancellationTokenSource(Device.Patience);
            await foreach (var received in connection.ReceiveAsync(patience.Token))
            {
                if (received.Stanza is Presence presence && presence.Type == type)
                {
                    return;
                }
            }
            throw new InvalidOperationException($"The stream ended before anything of type {type} came.");
        }
    }

    /// <summary>Waits until the account keeps something about its notices, as another device would read it.</summary>
    public async Task KeepsAsync(Person person, string text)
    {
        await using var reader = await LogInRawAsync(person.UserName, person.Password);
        var query = new Payload(Element.Parse("<query xmlns='jabber:iq:private'><notices xmlns='urn:mychat:notices:0'/></query>", defaultNs: ""));
        using var patience = new CancellationTokenSource(Device.Patience);
        while (!(await reader.RequestAsync(new Iq { Type = IqType.Get, Payload = query }, patience.Token)).ToString().Contains(text, StringComparison.Ordinal))
        {
        }
        await reader.CloseAsync(patience.Token);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await WebLink.DisposeAsync();
        await ClientLink.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The published program, which serves the web client itself.</summary>
public sealed class MyChatVenue : Venue
{
    private readonly ServerProcess _server;

    private MyChatVenue(ServerProcess server)
    {
        _server = server;
        WebLink = new Link(() => _server.WebPort);
        ClientLink = new Link(() => _server.StartTlsPort);
    }

    public static async Task<MyChatVenue> StartAsync(string domain = "verona.lit", params string[] settings) =>
        new(await ServerProcess.StartAsync(settings, domain, await PublishedProgram.PathAsync()));

    public override ServerKind Kind => ServerKind.MyChat;
    public override PlayServer Server => _server;
    public ServerProcess Process => _server;
    public override Link WebLink { get; }
    public override Link ClientLink { get; }
    public override byte[] Fingerprint => _server.Fingerprint ?? throw new InvalidOperationException("Its certificate is not of its own making.");
    public override string Output => _server.Output;
    public override Task KillAsync() => _server.KillAsync();
    public override Task StartAgainAsync() => _server.StartAgainAsync();
}
