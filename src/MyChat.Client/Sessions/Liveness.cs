using MyChat.Client.Connections;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Sessions;

/// <summary>
/// Finds out that a link is dead although nobody says so: when nothing was heard for a while the server is asked, and when nothing at all is
/// heard after that, the connection is cut.
/// </summary>
internal sealed class Liveness(ChatOptions options) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often to look: a machine that slept is found out so soon after it woke.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _hurry = new(0, 1);

    /// <summary>Asks now.</summary>
    public void Hurry()
    {
        lock (_hurry)
        {
            if (_hurry.CurrentCount == 0)
            {
                _hurry.Release();
            }
        }
    }

    /// <summary>Watches a connection until it ends.</summary>
    public async Task WatchAsync(XmppConnection connection, CancellationToken cancellationToken)
    {
        var glance = options.AskAfterSilence < Glance ? options.AskAfterSilence : Glance;
        var heardAt = options.Time.GetUtcNow();
        var heard = connection.LastHeard;
        while (!connection.Ended.IsCompleted)
        {
            var isHurried = await WaitAsync(glance, cancellationToken).ConfigureAwait(false);
            (heard, heardAt) = connection.LastHeard == heard ? (heard, heardAt) : (connection.LastHeard, options.Time.GetUtcNow());
            // The second clock goes on while the machine sleeps.
            var isSilent = connection.Silence >= options.AskAfterSilence || options.Time.GetUtcNow() - heardAt >= options.AskAfterSilence;
            if ((isHurried || isSilent) && !await AnswersAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                connection.Abort();
                return;
            }
        }
    }

    private async Task<bool> AnswersAsync(XmppConnection connection, CancellationToken cancellationToken)
    {
        var heard = connection.LastHeard;
        try
        {
            connection.Post(connection.Management is null ? PingRequest(connection) : new Element(new XName(Ns.StreamManagement, "r")));
        }
        catch (XmppException)
        {
            return false;
        }
        // A link that takes nothing would hold this up: what counts is what is heard.
        var flushing = FlushAsync(connection);
        await Task.Delay(Patience, options.Time, cancellationToken).ConfigureAwait(false);
        return connection.LastHeard != heard || connection.Ended.IsCompleted;
    }

    private static Element PingRequest(XmppConnection connection) => new(
        XNames.Iq,
        ("type", "get"),
        ("id", "alive"),
        ("to", connection.Jid.Domainpart),
        new Element(Ping.Query));

    private static async Task FlushAsync(XmppConnection connection)
    {
        try
        {
            await connection.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (XmppException)
        {
            // Lost, as the reader finds out.
        }
    }

    /// <summary>True when it was cut short.</summary>
    private async Task<bool> WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hurried = _hurry.WaitAsync(either.Token);
        var slept = Task.Delay(time, options.Time, either.Token);
        var first = await Task.WhenAny(hurried, slept).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return first == hurried || hurried.IsCompletedSuccessfully;
    }

    public void Dispose() => _hurry.Dispose();
}
