using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Ui.App;

namespace MyChat.Desktop.Dialing;

/// <summary>Connects to one server over TCP: each attempt tries the next place.</summary>
internal sealed class Dialer(ServerPlaces places, ServerAddress server)
{
    private IReadOnlyList<ServerPlace> _places = [];

    /// <summary>See <see cref="Dial"/>.</summary>
    public async ValueTask<ClientTransport> DialAsync(int attempt, CancellationToken cancellationToken)
    {
        if (_places.Count == 0 || attempt % _places.Count == 0)
        {
            // The domain may have moved since.
            _places = await places.FindAsync(server, cancellationToken).ConfigureAwait(false);
        }

        var place = _places[attempt % _places.Count];
        var trust = server.TrustedCertificate is { } fingerprint ? ServerTrust.Fingerprint(fingerprint) : ServerTrust.Authorities;
        return new TcpTransport(place.Host, place.Port, server.Domain, place.Tls, trust);
    }
}
