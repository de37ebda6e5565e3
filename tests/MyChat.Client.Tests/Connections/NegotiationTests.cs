using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyChat.Client.Connections;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.Connections;

public sealed class NegotiationTests
{
    private const string StartTlsFeature = "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>";
    private const string Proceed = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task Log_in_proves_the_password_and_binds_the_resource()
    {
        await using var connection = await _server.LogIn();
        Assert.Equal("romeo@verona.lit/orchard", connection.Jid.ToString());
        Assert.Null(connection.Management);
    }

    [Fact]
    public async Task Bytes_after_proceed_are_refused()
    {
        var transport = new StreamTransport(_server.Client, "verona.lit", TlsMode.StartTls, ServerTrust.Authorities);
        var opening = XmppConnection.OpenAsync(transport, ScriptedServer.Options);
        await _server.Opens(StartTlsFeature);
        await _server.Gets("<starttls ");
        await _server.Says(Proceed + "<message from='eve@evil.lit'><body>forged</body></message>");
        var refused = await Assert.ThrowsAsync<NegotiationException>(() => opening);
        Assert.Contains("proceed", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Starttls_goes_on_only_with_the_certificate_that_is_trusted(bool genuine)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=verona.lit", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var fingerprint = SHA256.HashData(certificate.RawData);
        fingerprint[0] ^= genuine ? (byte)0 : (byte)1;

        var transport = new StreamTransport(_server.Client, "verona.lit", TlsMode.StartTls, ServerTrust.Fingerprint(fingerprint));
        var opening = XmppConnection.OpenAsync(transport, ScriptedServer.Options);
        await _server.Opens(StartTlsFeature);
        await _server.Gets("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        await _server.Says(Proceed);
        await using var tls = new SslStream(new PipeStream(_server.Server));
        var secured = tls.AuthenticateAsServerAsync(certificate);
        if (!genuine)
        {
            // Which shows the certificate, for whoever is to decide about it.
            var failure = await Assert.ThrowsAsync<UntrustedCertificateException>(() => opening);
            Assert.Equal(SHA256.HashData(certificate.RawData), failure.Certificate.Sha256);
            Assert.IsType<System.Security.Authentication.AuthenticationException>(failure.InnerException);
            // With TLS 1.3 the server may have thought it had succeeded.
            await Record.ExceptionAsync(() => secured);
            return;
        }
        await secured;
        await tls.WriteAsync(System.Text.Encoding.UTF8.GetBytes(ScriptedServer.Header + ScriptedServer.Scram), TestContext.Current.CancellationToken);
        await using var connection = await opening;
        Assert.True(transport.IsSecure);
        Assert.NotNull(connection.Features.Child(new XName(Ns.Sasl, "mechanisms")));
        Assert.NotEmpty(transport.ChannelBindings);
    }

    [Fact]
    public async Task Without_tls_nothing_goes_on_unless_allowed()
    {
        var transport = new StreamTransport(_server.Client, isPrivate: false);
        var opening = XmppConnection.OpenAsync(transport, ScriptedServer.Options);
        await _server.Opens();
        await Assert.ThrowsAsync<NotSecureException>(() => opening);

        var other = new ScriptedServer();
        var allowed = XmppConnection.OpenAsync(
            new StreamTransport(other.Client, isPrivate: false), ScriptedServer.Options with { AllowPlaintext = true });
        await other.Opens();
        await (await allowed).DisposeAsync();
    }

    [Theory]
    [InlineData("<message from='verona.lit'><body>hi</body></message>" + ScriptedServer.Scram)]
    [InlineData("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>" + ScriptedServer.Scram)]
    public async Task What_stands_before_the_features_ends_the_negotiation(string early)
    {
        var opening = XmppConnection.OpenAsync(_server.Transport, ScriptedServer.Options);
        await _server.Opens(early);
        await Assert.ThrowsAsync<NegotiationException>(() => opening);
    }

    [Fact]
    public async Task Success_without_an_exchange_is_no_log_in()
    {
        await using var connection = await Open();
        var logIn = connection.LogInAsync(new LogIn("romeo", "secret"), TestContext.Current.CancellationToken);
        await _server.TextOf("auth");
        await _server.Says("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        await Assert.ThrowsAsync<NegotiationException>(() => logIn);
    }

    [Fact]
    public async Task A_server_that_does_not_know_the_password_is_not_believed()
    {
        await using var connection = await Open();
        var logIn = connection.LogInAsync(new LogIn("romeo", "secret"), TestContext.Current.CancellationToken);
        var scram = new ScramServer(new ScramMechanism(ScramHash.Sha256, Plus: false), plusOffered: false);
        scram.ReadFirst(SaslData.Decode(await _server.TextOf("auth")));
        var keys = ScramKeys.Derive(ScramHash.Sha256, "a guess", ScramKeys.NewSalt(), 4096);
        await _server.Says($"<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{SaslData.Encode(scram.Challenge(keys))}</challenge>");
        await _server.TextOf("response");
        await _server.Says($"<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{SaslData.Encode("v=AAAA"u8)}</success>");
        await Assert.ThrowsAsync<AuthenticationException>(() => logIn);
        await _server.Gets("<abort ");
    }

    [Fact]
    public async Task A_refused_password_is_an_exception_with_the_condition()
    {
        await using var connection = await Open();
        var logIn = connection.LogInAsync(new LogIn("romeo", "wrong"), TestContext.Current.CancellationToken);
        await _server.TextOf("auth");
        await _server.Says("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><account-disabled/><text>Call us</text></failure>");
        var refused = await Assert.ThrowsAsync<AuthenticationException>(() => logIn);
        Assert.Equal((SaslCondition.AccountDisabled, "Call us"), (refused.Condition, refused.Text));
    }

    [Fact]
    public async Task The_password_is_not_shown_to_a_server_that_knows_plain_only()
    {
        await using var connection = await Open(ScriptedServer.Scram.Replace("SCRAM-SHA-256", "PLAIN", StringComparison.Ordinal));
        await Assert.ThrowsAsync<NotSecureException>(() => connection.LogInAsync(new LogIn("romeo", "secret")));
    }

    [Fact]
    public async Task A_name_that_is_taken_cannot_be_registered()
    {
        await using var connection = await Open();
        var registering = connection.RegisterAsync("romeo", "secret", TestContext.Current.CancellationToken);
        await _server.Gets("<username>romeo</username><password>secret</password></query></iq>");
        await _server.Says(
            "<iq type='error' id='register'><error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        var refused = await Assert.ThrowsAsync<StanzaErrorException>(() => registering);
        Assert.Equal(StanzaErrorCondition.Conflict, refused.Condition);
    }

    [Fact]
    public async Task A_stream_error_is_an_exception_with_the_condition()
    {
        var opening = XmppConnection.OpenAsync(_server.Transport, ScriptedServer.Options);
        await _server.Opens("<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
        var ended = await Assert.ThrowsAsync<StreamErrorException>(() => opening);
        Assert.Equal(StreamErrorCondition.HostUnknown, ended.Condition);
        Assert.False(ended.IsOurs);
    }

    private async Task<XmppConnection> Open(string features = ScriptedServer.Scram)
    {
        var opening = XmppConnection.OpenAsync(_server.Transport, ScriptedServer.Options);
        await _server.Opens(features);
        return await opening;
    }
}
