using System.Text;
using MyChat.Client.Connections;
using MyChat.Host;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Sasl;

namespace MyChat.Server.Tests.Security;

/// <summary>Guessing, pretending and being sent down: log-in and registration, at the stream.</summary>
public sealed class AuthHoles
{
    private const string Register = "<iq type='set' id='{0}'><query xmlns='jabber:iq:register'><username>{1}</username><password>secret</password></query></iq>";

    private static Task<TestServer> Start(Action<ServerOptions>? configure = null) => TestServer.StartAsync(
        PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create, Configure = configure });

    private static async Task<RawClient> Tls(TestServer server, string address = "127.0.0.1")
    {
        var client = await RawClient.ToTls(server, TlsMode.Direct, address);
        await client.Opens();
        return client;
    }

    private static async Task<RawClient> Plaintext(TestServer server)
    {
        var client = await RawClient.To(server);
        await client.Opens();
        return client;
    }

    private static ScramClient Scram(string mechanism, RawClient client, string name, string password, string? authzid = null)
    {
        Assert.True(ScramMechanism.TryParse(mechanism, out var variant));
        return new ScramClient(variant, name, password)
        {
            Authzid = authzid,
            Binding = variant.Plus ? client.Bindings[0] : null,
            PlusOffered = variant.Plus,
        };
    }

    private static async Task<string?> LogsIn(RawClient client, string mechanism, string name, string password, string? authzid = null)
    {
        if (mechanism == SaslMechanism.Plain)
        {
            await client.Tries(mechanism, Encoding.UTF8.GetBytes($"{authzid}\0{name}\0{password}"));
            return await client.Receives();
        }
        return await client.Responds(await client.BeginsScram(mechanism, Scram(mechanism, client, name, password, authzid)));
    }

    private static string Format(string format, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, values);

    // ---- whom one acts as

    [Theory]
    [InlineData(SaslMechanism.Plain)]
    [InlineData(SaslMechanism.ScramSha1)]
    [InlineData(SaslMechanism.ScramSha256)]
    [InlineData(SaslMechanism.ScramSha1Plus)]
    [InlineData(SaslMechanism.ScramSha256Plus)]
    public async Task Nobody_acts_as_somebody_else(string mechanism)
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await server.RegisterAsync("juliet", "hers");
        foreach (var authzid in (string[])["juliet@verona.lit", "juliet", "romeo@evil.lit", "verona.lit"])
        {
            await using var client = await Tls(server);
            Assert.Contains("<invalid-authzid/>", await LogsIn(client, mechanism, "romeo", "secret", authzid), StringComparison.Ordinal);
        }
        await using var romeo = await Tls(server);
        Assert.StartsWith("<success ", await LogsIn(romeo, mechanism, "romeo", "secret", "romeo@verona.lit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin@evil.lit")]
    [InlineData("admin@verona.lit")]
    [InlineData("admin@verona.lit/x")]
    [InlineData("admin/x")]
    public async Task A_name_with_a_domain_is_nobodys(string name)
    {
        await using var server = await Start();
        await server.RegisterAsync("admin", "secret");
        await using var client = await Tls(server);
        Assert.Contains("<not-authorized/>", await LogsIn(client, SaslMechanism.Plain, name, "secret"), StringComparison.Ordinal);
        Assert.StartsWith("<success ", await LogsIn(client, SaslMechanism.Plain, "admin", "secret"), StringComparison.Ordinal);
    }

    // ---- being sent down

    [Theory]
    [InlineData(SaslMechanism.ScramSha1)]
    [InlineData(SaslMechanism.ScramSha256)]
    public async Task A_client_that_did_not_see_plus_is_told_that_somebody_is_between(string mechanism)
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var client = await Tls(server);
        Assert.True(ScramMechanism.TryParse(mechanism, out var variant));
        // The list that it saw had no -PLUS, and it could have bound the channel: flag y (RFC 5802 §6).
        var scram = new ScramClient(variant, "romeo", "secret") { Binding = client.Bindings[0], PlusOffered = false };
        await client.Tries(mechanism, scram.First());
        await client.Receives("<not-authorized/>");
    }

    [Fact]
    public async Task Inside_tls_plus_is_offered_and_a_wrong_binding_refused()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var client = await RawClient.ToTls(server, TlsMode.Direct);
        var features = await client.Opens();
        Assert.Contains("<mechanism>SCRAM-SHA-256-PLUS</mechanism><mechanism>SCRAM-SHA-1-PLUS</mechanism>", features, StringComparison.Ordinal);
        var between = new ChannelBinding(client.Bindings[0].Type, new byte[32]);
        var scram = new ScramClient(new ScramMechanism(ScramHash.Sha256, Plus: true), "romeo", "secret") { Binding = between, PlusOffered = true };
        var final = await client.BeginsScram(SaslMechanism.ScramSha256Plus, scram);
        Assert.Contains("<not-authorized/>", await client.Responds(final), StringComparison.Ordinal);
    }

    // ---- guessing

    [Theory]
    [InlineData(SaslMechanism.ScramSha1)]
    [InlineData(SaslMechanism.ScramSha256)]
    [InlineData(SaslMechanism.Plain)]
    public async Task An_unknown_user_and_a_wrong_password_cannot_be_told_apart(string mechanism)
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        var seen = new List<(string? Answer, string Shape)>();
        foreach (var name in (string[])["romeo", "nobody", "no\u00A0such\"name"])
        {
            await using var client = await Tls(server);
            var shape = "";
            if (mechanism != SaslMechanism.Plain)
            {
                await client.Tries(mechanism, Encoding.UTF8.GetBytes($"n,,n={name},r=abcdefgh"));
                var challenge = Encoding.UTF8.GetString(SaslData.Decode(RawClient.Text(await client.Receives("<challenge "))));
                var parts = challenge.Split(',');
                shape = $"{parts[0].Length} {parts[1].Length} {parts[2]}";
                await client.Sends("<abort xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
                await client.Receives("<aborted/>");
            }
            await client.Tries(SaslMechanism.Plain, Encoding.UTF8.GetBytes($"\0{name}\0wrong"));
            seen.Add((await client.Receives(), shape));
        }
        Assert.Single(seen.Distinct());
        Assert.Contains("<not-authorized/>", seen[0].Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_salt_of_nobody_stays_the_same()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var client = await Plaintext(server);
        var first = await Salt("nobody");
        Assert.Equal(first, await Salt("nobody"));
        Assert.Equal(first, await Salt("NOBODY")); // the same account, if it were one
        Assert.NotEqual(first, await Salt("somebody"));
        Assert.Equal(await Salt("romeo"), await Salt("Romeo"));
        await using var another = await Plaintext(server);
        Assert.Equal(first, await Salt("nobody", another));

        async Task<string> Salt(string name, RawClient? on = null)
        {
            on ??= client;
            await on.Tries(SaslMechanism.ScramSha1, Encoding.UTF8.GetBytes($"n,,n={name},r=abcdefgh"));
            var challenge = Encoding.UTF8.GetString(SaslData.Decode(RawClient.Text(await on.Receives("<challenge "))));
            await on.Sends("<abort xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
            await on.Receives("<aborted/>");
            return challenge.Split(',')[1];
        }
    }

    [Theory]
    [InlineData(SaslMechanism.ScramSha1)]
    [InlineData(SaslMechanism.Plain)]
    public async Task Five_attempts_end_the_stream_though_all_limits_are_lifted(string mechanism)
    {
        await using var server = await Start(options =>
        {
            options.Limits.FailedLoginsPerAddressPerMinute = 0;
            options.Limits.StanzaBytes = 0;
            options.Limits.BytesPerSecondPerSession = 0;
        });
        await server.RegisterAsync("romeo", "secret");
        await using var client = await Tls(server);
        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("<not-authorized/>", await LogsIn(client, mechanism, "romeo", $"guess {i}"), StringComparison.Ordinal);
        }
        await client.IsEnded("policy-violation");
    }

    [Fact]
    public async Task Guesses_are_limited_by_address_however_many_connections_prepare_them()
    {
        await using var server = await Start(options => options.Limits.FailedLoginsPerAddressPerMinute = 3);
        await server.RegisterAsync("romeo", "secret");
        var prepared = new List<(RawClient Client, byte[] Final)>();
        for (var i = 0; i < 8; i++)
        {
            var client = await Tls(server);
            var password = i == 7 ? "secret" : $"guess {i}";
            prepared.Add((client, await client.BeginsScram(SaslMechanism.ScramSha1, Scram(SaslMechanism.ScramSha1, client, "romeo", password))));
        }
        var answers = new List<string?>();
        foreach (var (client, final) in prepared)
        {
            answers.Add(await client.Responds(final));
            await client.DisposeAsync();
        }
        Assert.All(answers.Take(3), answer => Assert.Contains("<not-authorized/>", answer, StringComparison.Ordinal));
        Assert.All(answers.Skip(3), answer => Assert.Contains("<temporary-auth-failure/>", answer, StringComparison.Ordinal));

        await using var elsewhere = await Tls(server, "192.0.2.1");
        Assert.StartsWith("<success ", await LogsIn(elsewhere, SaslMechanism.Plain, "romeo", "secret"), StringComparison.Ordinal);
        await using var here = await Tls(server);
        Assert.Contains("<temporary-auth-failure/>", await Refused(here), StringComparison.Ordinal);
        server.Advance(TimeSpan.FromSeconds(61));
        await using var later = await Tls(server);
        Assert.StartsWith("<success ", await LogsIn(later, SaslMechanism.Plain, "romeo", "secret"), StringComparison.Ordinal);

        static async Task<string?> Refused(RawClient client)
        {
            await client.Tries(SaslMechanism.Plain, Encoding.UTF8.GetBytes("\0romeo\0secret"));
            return await client.Receives();
        }
    }

    [Theory]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", true)]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:2::1", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    public async Task An_address_is_what_one_customer_has(string one, string another, bool same)
    {
        await using var server = await Start(options => options.Limits.FailedLoginsPerAddressPerMinute = 1);
        await server.RegisterAsync("romeo", "secret");
        await using var first = await Tls(server, one);
        Assert.Contains("<not-authorized/>", await LogsIn(first, SaslMechanism.Plain, "romeo", "guess"), StringComparison.Ordinal);
        await using var second = await Tls(server, another);
        Assert.StartsWith(same ? "<failure " : "<success ", await LogsIn(second, SaslMechanism.Plain, "romeo", "secret"), StringComparison.Ordinal);
    }

    // ---- registering

    [Fact]
    public async Task New_accounts_are_limited_by_address()
    {
        await using var server = await Start(options => options.Registration.PerAddressPerHour = 2);
        await using var client = await Plaintext(server);
        await client.Sends(Format(Register, 1, "one"));
        await client.Receives("type='result'");
        await client.Sends(Format(Register, 2, "one"));
        await client.Receives("<conflict "); // does not count
        await client.Sends(Format(Register, 3, "two"));
        await client.Receives("type='result'");
        await client.Sends(Format(Register, 4, "three"));
        await client.Receives("<resource-constraint ");
        await using var again = await Plaintext(server);
        await again.Sends(Format(Register, 5, "three"));
        await again.Receives("<resource-constraint ");
        server.Advance(TimeSpan.FromMinutes(61));
        await using var later = await Plaintext(server);
        await later.Sends(Format(Register, 6, "three"));
        await later.Receives("type='result'");
    }

    [Theory]
    [InlineData("ＡＤＭＩＮ")] // full width
    [InlineData("ADMIN")]
    [InlineData("Ádmín")]
    [InlineData("A\u0301dmi\u0301n")] // the same, decomposed
    public async Task A_name_that_is_the_same_after_preparation_is_taken(string name)
    {
        await using var server = await Start();
        await server.RegisterAsync("admin", "secret");
        await server.RegisterAsync("ádmín", "secret");
        await using var client = await Plaintext(server);
        await client.Sends(Format(Register, 1, name));
        await client.Receives("<conflict ");
    }

    [Theory]
    [InlineData("ad\u200Bmin")] // zero-width space
    [InlineData("ad\u00ADmin")] // soft hyphen
    [InlineData("ad\u2060min")]
    [InlineData("\uFEFFadmin")]
    [InlineData("\u202Enimda")] // right-to-left override

    [InlineData("admin ")]
    [InlineData("ad\u00A0min")]
    [InlineData("admin\u200D")]
    [InlineData("admin@evil.lit")]
    [InlineData("admin/x")]
    [InlineData("\uE000admin")] // private use
    [InlineData("א1a")] // against the Bidi rule
    public async Task A_name_with_invisible_or_confusing_characters_is_none(string name)
    {
        await using var server = await Start();
        await using var client = await Plaintext(server);
        await client.Sends(Format(Register, 1, name));
        await client.Receives("<jid-malformed ");
    }
}
