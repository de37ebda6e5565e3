using System.Globalization;
using System.Net;
using DnsClient;
using MyChat.Client.Connections;
using MyChat.Ui.App;

namespace MyChat.Desktop.Dialing;

/// <summary>A place where the server may be reached.</summary>
internal sealed record ServerPlace(string Host, int Port, TlsMode Tls);

/// <summary>A service record (RFC 2782).</summary>
internal sealed record ServiceRecord(string Target, int Port, int Priority, int Weight);

/// <summary>Looks up service records; an empty list where there are none, or nobody answers.</summary>
internal delegate Task<IReadOnlyList<ServiceRecord>> ServiceLookup(string name, CancellationToken cancellationToken);

/// <summary>Where a server may be: as the user says, as its domain says (RFC 6120 §3.2, XEP-0368), or at the usual ports.</summary>
internal sealed class ServerPlaces(ServiceLookup lookup)
{
    private const int StartTlsPort = 5222;
    private const int DirectPort = 5223;

    /// <summary>The places, the best first; at least one.</summary>
    public async Task<IReadOnlyList<ServerPlace>> FindAsync(ServerAddress server, CancellationToken cancellationToken)
    {
        if (server.Host is not null || server.Port is not null)
        {
            return AtHost(server.Host ?? server.Domain, server.Port);
        }

        if (IsLiteral(server.Domain))
        {
            return AtHost(server.Domain, null);
        }

        var domain = ToAscii(server.Domain);
        var direct = lookup($"_xmpps-client._tcp.{domain}", cancellationToken);
        var startTls = lookup($"_xmpp-client._tcp.{domain}", cancellationToken);
        var records = (await direct.ConfigureAwait(false)).Select(record => (Record: record, Tls: TlsMode.Direct))
            .Concat((await startTls.ConfigureAwait(false)).Select(record => (Record: record, Tls: TlsMode.StartTls)));
        // A lone "." says that the domain does not have this service (RFC 2782).
        var places = InOrder(records.Where(found => found.Record.Target is not ("." or ""))).ToList();
        return places.Count > 0 ? places : AtHost(server.Domain, null);
    }

    /// <summary>Asks the system's name servers.</summary>
    public static async Task<IReadOnlyList<ServiceRecord>> AskNameServers(string name, CancellationToken cancellationToken)
    {
        try
        {
            var client = new LookupClient(new LookupClientOptions { Timeout = TimeSpan.FromSeconds(3), Retries = 1, UseCache = false });
            var answer = await client.QueryAsync(name, QueryType.SRV, cancellationToken: cancellationToken).ConfigureAwait(false);
            return [.. answer.Answers.SrvRecords().Select(srv => new ServiceRecord(TrimDot(srv.Target.Value), srv.Port, srv.Priority, srv.Weight))];
        }
        catch (Exception e) when (e is DnsResponseException or InvalidOperationException or ArgumentException or IOException)
        {
            return [];
        }
    }

    private static List<ServerPlace> AtHost(string host, int? port) => port switch
    {
        null => [new(host, StartTlsPort, TlsMode.StartTls), new(host, DirectPort, TlsMode.Direct)],
        // XEP-0368 is often found on 443, to pass firewalls.
        DirectPort or 443 => [new(host, port.Value, TlsMode.Direct), new(host, port.Value, TlsMode.StartTls)],
        _ => [new(host, port.Value, TlsMode.StartTls), new(host, port.Value, TlsMode.Direct)],
    };

    /// <summary>By priority; those of one priority by chance, in proportion to their weight (RFC 2782). Both services count as one list (XEP-0368 §3).</summary>
    private static IEnumerable<ServerPlace> InOrder(IEnumerable<(ServiceRecord Record, TlsMode Tls)> records) => records
        .GroupBy(found => found.Record.Priority)
        .OrderBy(group => group.Key)
        .SelectMany(group => group.OrderBy(found => -Math.Log(1 - Random.Shared.NextDouble()) / Math.Max(found.Record.Weight, 0.01)))
        .Select(found => new ServerPlace(found.Record.Target, found.Record.Port, found.Tls));

    private static bool IsLiteral(string domain) =>
        domain == "localhost" || domain.EndsWith(".localhost", StringComparison.Ordinal) || IPAddress.TryParse(domain.Trim('[', ']'), out _);

    private static string ToAscii(string domain)
    {
        try
        {
            return new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    private static string TrimDot(string name) => name.Length > 1 ? name.TrimEnd('.') : name;
}
