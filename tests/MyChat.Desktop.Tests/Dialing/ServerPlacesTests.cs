using MyChat.Client.Connections;
using MyChat.Desktop.Dialing;
using MyChat.Ui.App;

namespace MyChat.Desktop.Tests.Dialing;

public sealed class ServerPlacesTests
{
    private static readonly ServerAddress Verona = new("verona.lit");

    private readonly Dictionary<string, ServiceRecord[]> _records = [];
    private readonly List<string> _asked = [];

    [Fact]
    public async Task Both_services_of_the_domain_count_as_one_list_by_priority()
    {
        _records["_xmpp-client._tcp.verona.lit"] = [new("a.verona.lit", 5222, 10, 1), new("b.verona.lit", 5222, 30, 1)];
        _records["_xmpps-client._tcp.verona.lit"] = [new("c.verona.lit", 443, 20, 1)];

        Assert.Equal(
            [
                new ServerPlace("a.verona.lit", 5222, TlsMode.StartTls), new ServerPlace("c.verona.lit", 443, TlsMode.Direct),
                new ServerPlace("b.verona.lit", 5222, TlsMode.StartTls),
            ],
            await FindAsync(Verona));
    }

    [Fact]
    public async Task Among_one_priority_the_heavier_comes_first_more_often()
    {
        _records["_xmpp-client._tcp.verona.lit"] = [new("light", 1, 0, 1), new("heavy", 1, 0, 9)];
        var heavyFirst = 0;
        for (var i = 0; i < 2000; i++)
        {
            heavyFirst += (await FindAsync(Verona))[0].Host == "heavy" ? 1 : 0;
        }

        Assert.InRange(heavyFirst, 1650, 1950); // 1800 expected; the bounds are eleven standard deviations away
    }

    [Fact]
    public async Task Without_records_the_domain_itself_is_tried_at_the_usual_ports()
    {
        ServerPlace[] usual = [new("verona.lit", 5222, TlsMode.StartTls), new("verona.lit", 5223, TlsMode.Direct)];
        Assert.Equal(usual, await FindAsync(Verona));

        // "." says: not here (RFC 2782).
        _records["_xmpps-client._tcp.verona.lit"] = [new(".", 0, 0, 0)];
        Assert.Equal(usual, await FindAsync(Verona));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("mychat.localhost")]
    [InlineData("192.0.2.1")]
    [InlineData("[2001:db8::1]")]
    public async Task Of_this_machine_and_of_an_address_no_name_server_is_asked(string domain)
    {
        Assert.Equal(2, (await FindAsync(new ServerAddress(domain))).Count);
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData(5222, TlsMode.StartTls)]
    [InlineData(15222, TlsMode.StartTls)]
    [InlineData(5223, TlsMode.Direct)]
    [InlineData(443, TlsMode.Direct)]
    public async Task What_the_user_says_is_tried_with_both_kinds_of_tls(int port, TlsMode first)
    {
        var places = await FindAsync(Verona with { Host = "127.0.0.1", Port = port });

        Assert.Equal([first, first == TlsMode.Direct ? TlsMode.StartTls : TlsMode.Direct], places.Select(place => place.Tls));
        Assert.All(places, place => Assert.Equal(("127.0.0.1", port), (place.Host, place.Port)));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_domain_in_other_letters_is_asked_for_in_its_ascii_form()
    {
        await FindAsync(new ServerAddress("例子.测试"));

        Assert.Contains("_xmpp-client._tcp.xn--fsqu00a.xn--0zwm56d", _asked);
    }

    [Fact]
    public async Task Each_attempt_tries_the_next_place_and_asks_anew_after_the_last()
    {
        var dialer = new Dialer(new ServerPlaces(LookUp), Verona);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await using var transport = await dialer.DialAsync(attempt, default);
            Assert.Equal(attempt % 2 == 0, transport.WantsStartTls);
        }

        Assert.Equal(3, _asked.Count(name => name.StartsWith("_xmpp-client", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(5222, 0)]
    [InlineData(5222, 1)]
    [InlineData(5223, 1)]
    public async Task Once_a_connection_to_a_port_worked_the_other_guess_at_how_it_begins_is_not_tried_again(int port, int works)
    {
        var dialer = new Dialer(new ServerPlaces(LookUp), new ServerAddress("verona.lit") { Host = "127.0.0.1", Port = port });
        var guesses = new List<bool>();
        for (var attempt = 0; attempt <= works; attempt++)
        {
            await using var transport = await dialer.DialAsync(attempt, default);
            guesses.Add(transport.WantsStartTls);
        }

        for (var attempt = 0; attempt < 4; attempt++)
        {
            await using var again = await dialer.DialAsync(attempt, default);
            Assert.Equal(guesses[works], again.WantsStartTls);
        }
    }

    private async Task<IReadOnlyList<ServerPlace>> FindAsync(ServerAddress server) => await new ServerPlaces(LookUp).FindAsync(server, default);

    private Task<IReadOnlyList<ServiceRecord>> LookUp(string name, CancellationToken cancellationToken)
    {
        _asked.Add(name);
        return Task.FromResult<IReadOnlyList<ServiceRecord>>(_records.GetValueOrDefault(name, []));
    }
}
