using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Ui.App;

namespace MyChat.Desktop.Dialing;

/// <summary>
/// Connects to one server over TCP: each attempt tries the next place. Whether a port that the user named begins with TLS is guessed; once a
/// connection worked it is known, and no later attempt is spent on the other guess.
/// </summary>
internal sealed class Dialer(ServerPlaces places, ServerAddress server)
{
    private IReadOnlyList<ServerPlace> _places = [];
    private ServerPlace? _last;
    private ServerPlace? _worked;

    /// <summary>See <see cref="Dial"/>.</summary>
    public async ValueTask<ClientTransport> DialAsync(int attempt, CancellationToken cancellationToken)
    {
        // Attempts are counted anew after one that worked.
        _worked = attempt == 0 ? _last : _worked;
        if (_places.Count == 0 || attempt % _places.Count == 0)
        {
            // The domain may have moved since.
            var found = await places.FindAsync(server, cancellationToken).ConfigureAwait(false);
            _places = [.. found.Where(place => _worked is null || place.Host != _worked.Host || place.Port != _worked.Port || place.Tls == _worked.Tls)];
        }

        var place = _last = _places[attempt % _places.Count];
        var trust = server.TrustedCertificate is { } fingerprint ? ServerTrust.Fingerprint(fingerprint) : ServerTrust.Authorities;
        return new TcpTransport(place.Host, place.Port, server.Domain, place.Tls, trust);
    }
}
