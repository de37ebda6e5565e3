using System.Collections.Concurrent;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Bench.Sessions;

/// <summary>Many sessions, each of an account of its own: prefix0, prefix1, …</summary>
internal sealed class Crowd(BenchOptions options) : IAsyncDisposable
{
    private const string Resource = "bench";
    private static readonly XName SmFeature = new("urn:xmpp:sm:3", "sm");

    // What SCRAM makes of a password costs milliseconds: once for each account is enough.
    private readonly ConcurrentDictionary<int, SaltedKey> _keys = new();
    private volatile SaltedKey? _anyKey; // good for others as well, where accounts are copies of one
    private readonly ConcurrentDictionary<int, bool> _registered = new();
    private Session[] _sessions = [];

    public IReadOnlyList<Session> Sessions => _sessions;

    /// <summary>Sees each connection when it has come to the offer to log in.</summary>
    public Action<Link>? Secured { get; set; }

    /// <summary>How they log in.</summary>
    public string Mechanism => _anyKey is not { } key ? SaslMechanism.Plain : new ScramMechanism(key.Hash, Plus: false).Name;

    public string NameOf(int index) => $"{options.UserPrefix}{index}";

    public string AddressOf(int index) => $"{NameOf(index)}@{options.Domain}";

    /// <summary>Logs them in, some at a time, and becomes available unless told otherwise.</summary>
    public async Task EnterAsync(int count, bool manage, CancellationToken cancellationToken, bool available = true, int first = 0)
    {
        if (_sessions.Length < first + count)
        {
            Array.Resize(ref _sessions, first + count);
        }
        await Parallel.ForAsync(first, first + count, Some(cancellationToken), async (index, token) =>
        {
            var session = await LogInAsync(index, manage, token);
            _sessions[index] = session;
            if (available)
            {
                session.Send("<presence/>");
            }
        });
    }

    /// <summary>One log-in, without presence.</summary>
    public async Task<Session> LogInAsync(int index, bool manage, CancellationToken cancellationToken)
    {
        var link = new Link(options);
        try
        {
            var connection = await OpenAsync(link, options, cancellationToken);
            Secured?.Invoke(link);
            if (options.Register && _registered.TryAdd(index, true))
            {
                await RegisterAsync(connection, NameOf(index), cancellationToken);
            }
            var known = _keys.GetValueOrDefault(index) ?? _anyKey;
            var logIn = new LogIn(NameOf(index), options.Password) { Keys = known is null ? [] : [known] };
            if (await connection.AuthenticateAsync(logIn, cancellationToken) is { } made)
            {
                _keys[index] = _anyKey = made;
            }
            return await Session.BindAsync(link, Resource, manage && connection.Features.Child(SmFeature) is not null, cancellationToken);
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection up to the offer to log in.</summary>
    public static Task<XmppConnection> OpenAsync(Link link, BenchOptions options, CancellationToken cancellationToken) => XmppConnection.OpenAsync(
        link,
        new ConnectionOptions { Domain = options.Domain, AllowPlaintext = options.Transport.Tls == TlsMode.None, AllowPlainMechanism = true },
        cancellationToken);

    /// <summary>All, or some, leave as polite clients do.</summary>
    public async Task LeaveAsync(int first = 0)
    {
        await Parallel.ForAsync(first, _sessions.Length, Some(CancellationToken.None), async (index, _) => await _sessions[index].CloseAsync());
        Array.Resize(ref _sessions, first);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Where(session => session is not null))
        {
            await session.DisposeAsync();
        }
    }

    private ParallelOptions Some(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };

    private async Task RegisterAsync(XmppConnection connection, string name, CancellationToken cancellationToken)
    {
        try
        {
            await connection.RegisterAsync(name, options.Password, cancellationToken);
        }
        catch (StanzaErrorException taken) when (taken.Condition == StanzaErrorCondition.Conflict)
        {
            // It is there from an earlier run.
        }
    }
}
