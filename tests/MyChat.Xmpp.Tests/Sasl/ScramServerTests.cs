using System.Text;
using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

public class ScramServerTests
{
    private static readonly ScramExchange Sha256 = ScramExchange.Named("SCRAM-SHA-256");
    private static readonly ScramExchange Sha256Plus = ScramExchange.Named("SCRAM-SHA-256-PLUS");

    [Fact]
    public void Names_are_decoded()
    {
        var identity = Sha256.Server().ReadFirst("n,a=a=2Cb@c=3Dd,n=me=3Dyou=2C友,r=x"u8);
        Assert.Equal(new SaslIdentity("me=you,友", "a,b@c=d"), identity);
    }

    [Fact]
    public void Optional_extensions_are_ignored() =>
        Assert.Equal("user", Sha256.Server().ReadFirst("n,,n=user,r=x,z=extension,q=another"u8).Username);

    [Fact]
    public void The_flag_y_is_a_downgrade_where_plus_was_offered() =>
        Assert.Equal(SaslCondition.NotAuthorized, Sha256.Refuses("y,,n=user,r=x"));

    [Fact]
    public void The_flag_y_is_fine_where_plus_was_not_offered() =>
        Assert.Equal("user", (Sha256 with { PlusOffered = false }).Server().ReadFirst("y,,n=user,r=x"u8).Username);

    [Theory]
    [InlineData("n,,n=user,r=x")]
    [InlineData("y,,n=user,r=x")]
    public void A_plus_mechanism_without_binding_is_refused(string first) =>
        Assert.Equal(SaslCondition.MalformedRequest, Sha256Plus.Refuses(first));

    [Fact]
    public void A_binding_without_a_plus_mechanism_is_refused() =>
        Assert.Equal(SaslCondition.MalformedRequest, Sha256.Refuses("p=tls-server-end-point,,n=user,r=x"));

    [Theory]
    [InlineData("tls-unique")]
    [InlineData("TLS-SERVER-END-POINT")]
    public void A_binding_of_a_type_that_the_channel_has_not_is_refused(string type) =>
        Assert.Equal(SaslCondition.NotAuthorized, Sha256Plus.Refuses($"p={type},,n=user,r=x"));

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("n,")]
    [InlineData("n,,")]
    [InlineData("n,,r=x")]
    [InlineData("n,,n=user")]
    [InlineData("n,,n=,r=x")]
    [InlineData("n,,n=user,r=")]
    [InlineData("n,,r=x,n=user")]
    [InlineData("n,n=user,r=x")]
    [InlineData("N,,n=user,r=x")]
    [InlineData("p=,,n=user,r=x")]
    [InlineData("p=a b,,n=user,r=x")]
    [InlineData("F,n,,n=user,r=x")]
    [InlineData("n,a=,n=user,r=x")]
    [InlineData("n,b=user,n=user,r=x")]
    [InlineData("n,,n=us=er,r=x")]
    [InlineData("n,,n=user=2c,r=x")]
    [InlineData("n,,n=user=3,r=x")]
    [InlineData("n,,n=user=,r=x")]
    [InlineData("n,,n=user,r=é")]
    [InlineData("n,,n=user,r=a b")]
    [InlineData("n,,n=user,r=x\u0001")]
    [InlineData("n,,n=us\0er,r=x")]
    [InlineData("n,,n=us\u007fer,r=x")]
    [InlineData("n,,n=user,r=x,")]
    [InlineData("n,,n=user,r=x,z")]
    [InlineData("n,,n=user,r=x,z=")]
    [InlineData("n,,n=user,r=x,1=y")]
    [InlineData("n,,n=user,r=x,r=y")]
    public void A_malformed_first_message_is_refused(string first) =>
        Assert.Equal(SaslCondition.MalformedRequest, Sha256.Refuses(first));

    [Theory]
    [InlineData("n,,m=extension,n=user,r=x")]
    [InlineData("n,,n=user,r=x,m=extension")]
    public void A_mandatory_extension_is_refused(string first) =>
        Assert.Equal(SaslCondition.MalformedRequest, Sha256.Refuses(first));

    [Fact]
    public void A_mandatory_extension_in_the_final_message_is_refused() =>
        Assert.Equal(SaslCondition.MalformedRequest,
            Sha256.Refuses("n,,n=user,r=x", challenge => Signed(challenge, "c=biws,r=xserver,m=e")));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        var error = Assert.Throws<SaslException>(() => Sha256.Server().ReadFirst([.. "n,,n=us"u8, 0xC0, 0x80, .. "er,r=x"u8]));
        Assert.Equal(SaslCondition.MalformedRequest, error.Condition);
    }

    [Fact]
    public void A_message_beyond_4096_bytes_is_refused()
    {
        const string Start = "n,,n=user,r=";
        Assert.Equal("user", Sha256.Server().ReadFirst(Encoding.UTF8.GetBytes(Start.PadRight(4096, 'x'))).Username);
        Assert.Equal(SaslCondition.MalformedRequest, Sha256.Refuses(Start.PadRight(4097, 'x')));
    }

    [Fact]
    public void A_final_message_beyond_4096_bytes_is_refused()
    {
        const string Start = "c=biws,r=xserver,z=";
        var proof = ",p=".Length + Proof(32).Length;
        Accepts(Start.PadRight(4096 - proof, 'x'));
        Assert.Equal(
            SaslCondition.MalformedRequest,
            Sha256.Refuses("n,,n=user,r=x", challenge => Signed(challenge, Start.PadRight(4097 - proof, 'x'))));
    }

    [Theory]
    [InlineData("c=biws,r=xserver")]
    [InlineData("c=biws,r=xserver,z=extension,Q=p=another")]
    public void A_final_message_that_the_passwords_holder_signed_is_accepted(string withoutProof) => Accepts(withoutProof);

    [Theory]
    [InlineData("c=biws,r=xserveR")]
    [InlineData("c=biws,r=x")]
    [InlineData("c=biws,r=xserverx")]
    public void Another_nonce_is_refused(string start) =>
        Assert.Equal(SaslCondition.NotAuthorized, Sha256.Refuses("n,,n=user,r=x", challenge => Signed(challenge, start)));

    [Theory]
    [InlineData("eSws")] // y,,
    [InlineData("bixhPXg=")] // n,a=x
    [InlineData("biw")] // not base64
    [InlineData("biwsAA==")] // n,, and a byte
    public void Another_gs2_header_than_at_first_is_refused(string header) =>
        Assert.Equal(SaslCondition.NotAuthorized, Sha256.Refuses("n,,n=user,r=x", challenge => Signed(challenge, $"c={header},r=xserver")));

    [Theory]
    [InlineData("")]
    [InlineData("c=biws,r=xserver")]
    [InlineData("c=biws,r=xserver,p=")]
    [InlineData("r=xserver,c=biws,p=AAAA")]
    [InlineData("c=biws,r=xserver,p=AAAA")]
    [InlineData("c=biws,r=xserver,p=AAA")]
    [InlineData("c=biws,r=xserver,p=AA AA")]
    [InlineData("c=biws,r=xserver,p=AAAA\n")]
    [InlineData("c=biws,r=xserver,p=AAAA,z=after")]
    [InlineData("c=biws,r=xserver,z,p=AAAA")]
    public void A_malformed_final_message_is_refused(string final) =>
        Assert.Equal(SaslCondition.MalformedRequest, Sha256.Refuses("n,,n=user,r=x", _ => final));

    [Fact]
    public void Base64_with_stray_bits_at_its_end_is_refused()
    {
        var proof = Proof(32)[..^2] + "B="; // the same 32 bytes to a lenient decoder
        Assert.Equal(Convert.FromBase64String(Proof(32)), Convert.FromBase64String(proof));
        Assert.Equal(SaslCondition.MalformedRequest, Sha256.Refuses("n,,n=user,r=x", _ => "c=biws,r=xserver,p=" + proof));
    }

    [Fact]
    public void A_wrong_proof_is_refused() =>
        Assert.Equal(SaslCondition.NotAuthorized, Sha256.Refuses("n,,n=user,r=x", _ => "c=biws,r=xserver,p=" + Proof(32)));

    [Fact]
    public async Task A_proof_cannot_be_replayed_against_another_nonce()
    {
        byte[] recorded = [];
        await (Sha256 with { OnTheWay = (step, message) => step == 2 ? recorded = message : message }).Run();
        var server = new ScramServer(Sha256.Mechanism, plusOffered: true) { Nonce = "another" };
        server.ReadFirst(Sha256.Client().First());
        server.Challenge(Sha256.AccountKeys());
        Assert.Equal(SaslCondition.NotAuthorized, Assert.Throws<SaslException>(() => server.Finish(recorded)).Condition);
    }

    [Fact]
    public void The_steps_come_once_and_in_order()
    {
        var server = Sha256.Server();
        Assert.Throws<InvalidOperationException>(() => server.Challenge(Sha256.AccountKeys()));
        server.ReadFirst("n,,n=user,r=x"u8);
        Assert.Throws<InvalidOperationException>(() => server.ReadFirst("n,,n=user,r=x"u8));
        Assert.Throws<InvalidOperationException>(() => server.Finish("c=biws"u8));
        server.Challenge(Sha256.AccountKeys());
        Assert.Throws<SaslException>(() => server.Finish("c=biws"u8));
        Assert.Throws<InvalidOperationException>(() => server.Finish("c=biws"u8));
    }

    [Fact]
    public void Keys_of_another_hash_are_a_bug_of_the_caller()
    {
        var server = Sha256.Server();
        server.ReadFirst("n,,n=user,r=x"u8);
        Assert.Throws<ArgumentException>(() => server.Challenge(ScramExchange.Named("SCRAM-SHA-1").AccountKeys()));
    }

    [Fact]
    public void Every_exchange_has_its_own_nonce()
    {
        var nonces = Enumerable.Range(0, 100).Select(_ => new ScramServer(Sha256.Mechanism, false).Nonce).ToHashSet();
        Assert.Equal(100, nonces.Count);
        Assert.All(nonces, nonce => Assert.Equal(24, nonce.Length));
    }

    private static void Accepts(string withoutProof)
    {
        var server = Sha256.Server();
        server.ReadFirst("n,,n=user,r=x"u8);
        var challenge = Encoding.UTF8.GetString(server.Challenge(Sha256.AccountKeys()));
        var outcome = server.Finish(Encoding.UTF8.GetBytes(Signed(challenge, withoutProof)));
        Assert.StartsWith("v=", Encoding.UTF8.GetString(outcome), StringComparison.Ordinal);
    }

    private static string Signed(string challenge, string withoutProof) => Sha256.Sign("n=user,r=x", challenge, withoutProof);

    private static string Proof(int length) => Convert.ToBase64String(new byte[length]);
}
