using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Client.Connections;
using MyChat.Host;
using MyChat.Server.Accounts;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Sasl;

namespace MyChat.Server.Tests.Security;

/// <summary>What XML must not do, what may come when, and that nothing said in the clear counts.</summary>
[Collection(Alone.Name)]
public sealed class StreamHoles
{
    private static Task<TestServer> Start(bool plaintext = true) => TestServer.StartAsync(
        PlayTransport.Memory,
        new TestServerOptions { MoreModules = ServerModules.Create, Configure = options => options.C2s.AllowPlaintext = plaintext });

    private static async Task<RawClient> LoggedIn(TestServer server, string name = "romeo")
    {
        await server.RegisterAsync(name, "secret");
        var client = await RawClient.To(server);
        await client.Opens();
        await client.LogsIn(name, "secret");
        return client;
    }

    // ---- XML

    private static string Laughs
    {
        get
        {
            var dtd = new StringBuilder("<!DOCTYPE l [<!ENTITY l0 'ha'>");
            for (var i = 1; i < 30; i++)
            {
                dtd.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY l{i} '&l{i - 1};&l{i - 1};'>");
            }
            return dtd.Append("]>").ToString();
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", "restricted-xml")]
    [InlineData("<iq type='get' id='1'><a><!DOCTYPE b></a></iq>", "restricted-xml")]
    [InlineData("<iq type='get' id='1'><a>&bomb;</a></iq>", "restricted-xml")]
    [InlineData("<iq type='get' id='1'><a b='&bomb;'/></iq>", "restricted-xml")]
    [InlineData("<!-- nothing -->", "restricted-xml")]
    [InlineData("<iq type='get' id='1'><!-- nothing --></iq>", "restricted-xml")]
    [InlineData("<?php phpinfo() ?>", "restricted-xml")]
    [InlineData("<iq type='get' id='1'><?pi?></iq>", "restricted-xml")]
    [InlineData("<iq type='get' id='1'><a>\u0001</a></iq>", "not-well-formed")]
    [InlineData("<iq type='get' id='1'><evil:a/></iq>", "bad-namespace-prefix")]
    public async Task Forbidden_xml_ends_the_stream_before_and_after_log_in(string xml, string condition)
    {
        await using var server = await Start();
        await using var stranger = await RawClient.To(server);
        await stranger.Opens();
        await stranger.Sends(xml);
        await stranger.IsEnded(condition);

        await using var romeo = await LoggedIn(server);
        await romeo.Binds("orchard");
        await romeo.Sends(xml);
        await romeo.IsEnded(condition);
    }

    [Fact]
    public async Task A_billion_laughs_cost_nothing()
    {
        await using var server = await Start();
        await using var stranger = await RawClient.To(server);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await stranger.Sends(Laughs + RawClient.Header + "<a>&l29;</a>");
        await stranger.IsEnded("restricted-xml");
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4 << 20);
    }

    public static TheoryData<string, string> Monsters => new()
    {
        { "deep", string.Concat(Enumerable.Repeat("<a>", 1000)) },
        { "rich in attributes", "<a " + string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i}='' ")) + "/>" },
        { "rich in namespaces", "<a " + string.Concat(Enumerable.Range(0, 100).Select(i => $"xmlns:a{i}='u' ")) + "/>" },
        { "rich in nested namespaces", string.Concat(Enumerable.Range(0, 50).Select(i => $"<a xmlns:a{i}='u' xmlns:b{i}='u'>")) + string.Concat(Enumerable.Repeat("</a>", 50)) },
        { "a long name", "<" + new string('a', 300_000) },
        { "a long value", "<a b='" + new string('b', 300_000) },
        { "a long text", "<a>" + new string('b', 300_000) },
        { "wide", "<a>" + string.Concat(Enumerable.Repeat("<b/>", 75_000)) },
        { "a long CDATA section", "<a><b><![CDATA[" + new string(']', 300_000) },
    };

    [Theory]
    [MemberData(nameof(Monsters))]
    public async Task Monsters_end_the_stream_before_and_after_log_in(string what, string xml)
    {
        await using var server = await Start();
        await using var stranger = await RawClient.To(server);
        await stranger.Opens();
        var sending = stranger.Sends(xml);
        await stranger.IsEnded("policy-violation");
        await sending;

        await using var romeo = await LoggedIn(server);
        await romeo.Binds("orchard");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        sending = romeo.Sends(xml);
        await romeo.IsEnded("policy-violation");
        await sending;
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 32 << 20, what);
    }

    [Theory]
    [InlineData("<message to='romeo@verona.lit' xmlns:a='{0}'>{1}</message>", "<a:x/>")]
    [InlineData("<message to='romeo@verona.lit'><b xmlns:a='{0}' xmlns='u'>{1}</b></message>", "<a:x/>")]
    [InlineData("<message to='romeo@verona.lit' xmlns:a='{0}'>{1}</message>", "<b a:x=''/>")]
    [InlineData("<iq type='set' id='1' xmlns:p='u'><query xmlns='jabber:iq:private'><e xmlns='{0}'>{1}</e></query></iq>", "<p:w><x/></p:w>")]
    public async Task A_long_namespace_used_often_does_not_multiply(string frame, string part)
    {
        await using var server = await Start();
        await using var romeo = await LoggedIn(server);
        await romeo.Binds("orchard");
        var xml = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, frame, new string('n', 100_000), string.Concat(Enumerable.Repeat(part, 8_000)));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var sending = romeo.Sends(xml);
        await romeo.IsEnded("policy-violation");
        await sending;
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 48 << 20);
    }

    [Fact]
    public async Task A_stanza_that_grows_when_it_is_written_anew_is_refused()
    {
        await using var server = await Start();
        await using var romeo = await LoggedIn(server);
        await romeo.Binds("orchard");
        // The prefix makes the server write it anew, and each < of the section then takes four bytes.
        await romeo.Sends($"<message to='romeo@verona.lit' xmlns:a='u'><a:x/><body><![CDATA[{new string('<', 240_000)}]]></body></message>");
        await romeo.IsEnded("policy-violation");
    }

    [Fact]
    public async Task A_message_that_grows_when_a_forged_id_is_taken_out_is_refused()
    {
        await using var server = await Start();
        await using var romeo = await LoggedIn(server);
        await romeo.Binds("orchard");
        var text = new string('<', 200_000);
        await romeo.Sends(
            $"<message to='romeo@verona.lit' id='1'><stanza-id xmlns='urn:xmpp:sid:0' id='1' by='verona.lit'/><body><![CDATA[{text}]]></body></message>");
        Assert.Contains("<policy-violation ", await romeo.Receives("type='error'"), StringComparison.Ordinal);
    }

    // ---- features

    [Fact]
    public async Task Compression_is_neither_offered_nor_taken()
    {
        await using var server = await Start();
        await using var stranger = await RawClient.To(server);
        Assert.DoesNotContain("compress", await stranger.Opens(), StringComparison.Ordinal);
        await stranger.Sends("<compress xmlns='http://jabber.org/protocol/compress'><method>zlib</method></compress>");
        await stranger.IsEnded("not-authorized");

        await server.RegisterAsync("romeo", "secret");
        await using var romeo = await RawClient.To(server);
        await romeo.Opens();
        Assert.DoesNotContain("compress", await romeo.LogsIn("romeo", "secret"), StringComparison.Ordinal);
        await romeo.Sends("<compress xmlns='http://jabber.org/protocol/compress'><method>zlib</method></compress>");
        await romeo.IsEnded("policy-violation");
    }

    // ---- TLS

    [Fact]
    public async Task Where_tls_is_required_nothing_else_is_offered()
    {
        await using var server = await Start(plaintext: false);
        await using var stranger = await RawClient.ToTls(server, TlsMode.StartTls);
        Assert.Equal(
            "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>", await stranger.Opens());
        await using var without = await RawClient.To(server); // a transport that has no TLS at all
        Assert.Equal("<stream:features></stream:features>", await without.Opens());
    }

    [Theory]
    [InlineData(SaslMechanism.ScramSha1)]
    [InlineData(SaslMechanism.ScramSha256)]
    [InlineData(SaslMechanism.ScramSha1Plus)]
    [InlineData(SaslMechanism.ScramSha256Plus)]
    [InlineData(SaslMechanism.Plain)]
    public async Task Nobody_logs_in_before_tls_that_is_required(string mechanism)
    {
        await using var server = await Start(plaintext: false);
        await server.RegisterAsync("romeo", "secret");
        await using var romeo = await RawClient.ToTls(server, TlsMode.StartTls);
        await romeo.Opens();
        for (var i = 0; i < 4; i++)
        {
            await romeo.Tries(mechanism, Encoding.UTF8.GetBytes(mechanism == SaslMechanism.Plain ? "\0romeo\0secret" : "n,,n=romeo,r=abcdefgh"));
            await romeo.Receives("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><encryption-required/>");
        }
        await romeo.StartsTls();
        await romeo.Opens();
        await romeo.LogsIn("romeo", "secret");
    }

    [Theory]
    [InlineData("<message to='romeo@verona.lit'><body>Hi</body></message>")]
    [InlineData("<presence/>")]
    [InlineData("<resume xmlns='urn:xmpp:sm:3' previd='x' h='0'/>")]
    [InlineData("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>=</response>")]
    public async Task Nothing_passes_before_tls_that_is_required(string xml)
    {
        await using var server = await Start(plaintext: false);
        await using var stranger = await RawClient.ToTls(server, TlsMode.StartTls);
        await stranger.Opens();
        await stranger.Sends(xml);
        await stranger.IsEnded("not-authorized");
    }

    [Fact]
    public async Task Nobody_registers_or_binds_before_tls_that_is_required()
    {
        await using var server = await Start(plaintext: false);
        await using var stranger = await RawClient.ToTls(server, TlsMode.StartTls);
        await stranger.Opens();
        foreach (var payload in (string[])
        [
            "<query xmlns='jabber:iq:register'/>",
            "<query xmlns='jabber:iq:register'><username>romeo</username><password>secret</password></query>",
            "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>",
        ])
        {
            await stranger.Sends($"<iq type='set' id='1'>{payload}</iq>");
            await stranger.Receives("<not-authorized ");
        }
        await using var check = await RawClient.ToTls(server, TlsMode.Direct);
        await check.Opens();
        await check.Tries(SaslMechanism.Plain, Plain.Encode("romeo", "secret"));
        await check.Receives("<not-authorized/>");
    }

    [Fact]
    public async Task Plain_is_refused_outside_tls_though_plaintext_is_allowed()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var romeo = await RawClient.ToTls(server, TlsMode.StartTls);
        Assert.DoesNotContain("PLAIN", await romeo.Opens(), StringComparison.Ordinal);
        await romeo.Tries(SaslMechanism.Plain, Plain.Encode("romeo", "secret"));
        await romeo.Receives("<invalid-mechanism/>");
    }

    [Theory]
    [InlineData("<iq type='set' id='1'><query xmlns='jabber:iq:register'><username>romeo</username><password>s</password></query></iq>")]
    [InlineData(" ")]
    [InlineData("<")]
    [InlineData("\u0016\u0003\u0001")]
    public async Task Bytes_behind_starttls_are_refused(string injected)
    {
        await using var server = await Start();
        await using var stranger = await RawClient.ToTls(server, TlsMode.StartTls);
        await stranger.Opens();
        await stranger.Sends("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + injected);
        await stranger.IsEnded("policy-violation");
        var accounts = server.Services.GetRequiredService<AccountRegistry>().ListAsync(CancellationToken.None);
        Assert.Empty(await accounts.ToListAsync());
    }

    [Fact]
    public async Task Nothing_of_the_stream_before_tls_is_known_inside()
    {
        await using var server = await Start();
        await using var stranger = await RawClient.ToTls(server, TlsMode.StartTls);
        await stranger.Opens(RawClient.Header.Replace("<stream:stream", "<stream:stream xmlns:evil='urn:ietf:params:xml:ns:xmpp-sasl'", StringComparison.Ordinal));
        await stranger.Tries(SaslMechanism.ScramSha1, Encoding.ASCII.GetBytes("n,,n=romeo,r=abcdefgh"));
        await stranger.Receives("<challenge ");
        await stranger.Sends("<abort xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        await stranger.Receives("<aborted/>");
        await stranger.StartsTls();
        await stranger.Sends("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>"); // not a header
        await stranger.IsEnded("bad-format");

        await using var another = await RawClient.ToTls(server, TlsMode.StartTls);
        await another.Opens(RawClient.Header.Replace("<stream:stream", "<stream:stream xmlns:evil='urn:ietf:params:xml:ns:xmpp-sasl'", StringComparison.Ordinal));
        await another.StartsTls();
        Assert.DoesNotContain("starttls", await another.Opens(), StringComparison.Ordinal);
        await another.Sends("<evil:auth mechanism='PLAIN'/>");
        await another.IsEnded("bad-namespace-prefix");
    }

    [Fact]
    public async Task Tls_is_not_started_inside_tls()
    {
        await using var server = await Start();
        await using var stranger = await RawClient.ToTls(server, TlsMode.Direct);
        await stranger.Opens();
        await stranger.Sends("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        await stranger.IsEnded("policy-violation");
    }

    [Theory]
    [InlineData(true, 31)]
    [InlineData(false, 122)]
    public async Task A_handshake_that_nobody_goes_on_with_ends_without_a_word_in_the_clear(bool directTls, int seconds)
    {
        await using var server = await Start();
        var (pipes, served) = RawClient.Serve(server, directTls);
        if (!directTls)
        {
            await pipes.Client.Output.WriteAsync(Encoding.UTF8.GetBytes(RawClient.Header));
            await ReadUntil("</stream:features>");
            await pipes.Client.Output.WriteAsync("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"u8.ToArray());
            await ReadUntil("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        }
        // The start of a ClientHello.
        await pipes.Client.Output.WriteAsync(new byte[] { 0x16, 3, 1, 1, 0, 1 });
        server.Advance(TimeSpan.FromSeconds(seconds));
        await served.WaitAsync(TimeSpan.FromSeconds(20));
        var rest = await pipes.Client.Input.ReadAsync();
        Assert.True(rest.IsCompleted);
        Assert.DoesNotContain("stream", Encoding.UTF8.GetString(rest.Buffer), StringComparison.Ordinal);

        async Task ReadUntil(string end)
        {
            while (true)
            {
                var result = await pipes.Client.Input.ReadAsync();
                var isThere = Encoding.UTF8.GetString(result.Buffer).EndsWith(end, StringComparison.Ordinal);
                pipes.Client.Input.AdvanceTo(isThere ? result.Buffer.End : result.Buffer.Start, result.Buffer.End);
                if (isThere)
                {
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task What_is_no_handshake_ends_that_connection_only()
    {
        await using var server = await Start();
        await using var romeo = await LoggedIn(server);
        await romeo.Binds("orchard");
        var (pipes, served) = RawClient.Serve(server, directTls: true);
        await pipes.Client.Output.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: verona.lit\r\n\r\n"));
        await served.WaitAsync(TimeSpan.FromSeconds(20));
        await romeo.Sends("<iq type='get' id='1' to='verona.lit'><ping xmlns='urn:xmpp:ping'/></iq>");
        await romeo.Receives("type='result'");
    }

    [Fact]
    public async Task The_last_words_arrive_though_the_client_goes_on_talking()
    {
        await using var server = await TestServer.StartAsync(PlayTransport.StartTls);
        for (var i = 0; i < 20; i++)
        {
            await using var stranger = await RawClient.To(server, PlayTransport.StartTls);
            var sending = stranger.Sends(RawClient.Header + "<!DOCTYPE a>" + new string(' ', 500_000));
            await stranger.IsEnded("restricted-xml");
            await sending;
        }
    }
}
