using MyChat.Client.Connections;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Bench;

/// <summary>Many sessions, each of an account of its own.</summary>
internal sealed class Crowd(BenchOptions options) : IAsyncDisposable
{
    private const int AtOnce = 16;

    private XmppConnection[] _sessions = [];

    public IReadOnlyList<XmppConnection> Sessions => _sessions;

    public string NameOf(int index) => $"{options.UserPrefix}{index}";

    /// <summary>Logs them in, some at a time, and becomes available.</summary>
    public async Task EnterAsync(int count, bool streamManagement, CancellationToken cancellationToken)
    {
        _sessions = new XmppConnection[count];
        var some = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, some, async (index, token) =>
            _sessions[index] = await EnterAsync(NameOf(index), streamManagement, token));
    }

    /// <summary>All leave as polite clients do.</summary>
    public async Task LeaveAsync()
    {
        var some = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForEachAsync(_sessions, some, async (session, token) => await session.CloseAsync(token));
        _sessions = [];
    }

    private async ValueTask<XmppConnection> EnterAsync(string name, bool streamManagement, CancellationToken cancellationToken)
    {
        var trust = options.TrustsAny ? ServerTrust.Ask((_, _) => true) : ServerTrust.Authorities;
        var connection = await XmppConnection.OpenAsync(
            new TcpTransport(options.Host, options.Port, options.Domain, TlsMode.StartTls, trust),
            new ConnectionOptions { Domain = options.Domain },
            cancellationToken);
        try
        {
            if (options.Register)
            {
                await RegisterAsync(connection, name, cancellationToken);
            }
            await connection.LogInAsync(
                new LogIn(name, options.Password) { Resource = "bench", StreamManagement = streamManagement }, cancellationToken);
            await connection.SendAsync("<presence/>", cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

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

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Where(session => session is not null))
        {
            await session.DisposeAsync();
        }
    }
}
