using System.Text;
using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

public class ScramClientTests
{
    private static readonly ScramExchange Sha256 = ScramExchange.Named("SCRAM-SHA-256");
    private static readonly ScramExchange Sha256Plus = ScramExchange.Named("SCRAM-SHA-256-PLUS");

    [Fact]
    public void The_flag_p_names_the_binding() =>
        Assert.Equal("p=tls-server-end-point,,n=juliet,r=client", Text(Sha256Plus.Client().First()));

    [Fact]
    public void The_flag_y_says_that_the_server_did_not_offer_plus() =>
        Assert.Equal("y,,n=juliet,r=client", Text((Sha256 with { ClientSeesPlus = false }).Client().First()));

    [Fact]
    public void The_flag_n_says_that_the_client_cannot_bind() =>
        Assert.Equal("n,,n=juliet,r=client", Text((Sha256 with { ClientBinding = null, ClientSeesPlus = false }).Client().First()));

    [Fact]
    public void The_flag_n_says_that_the_client_does_not_want_the_plus_that_it_saw() =>
        Assert.Equal("n,,n=juliet,r=client", Text(Sha256.Client().First()));

    [Fact]
    public void Names_are_encoded()
    {
        var client = new ScramClient(Sha256.Mechanism, "me=you,友", "password") { Nonce = "x", Authzid = "a,b@c=d" };
        Assert.Equal("n,a=a=2Cb@c=3Dd,n=me=3Dyou=2C友,r=x", Text(client.First()));
    }

    [Fact]
    public void Names_are_prepared_as_localparts() =>
        Assert.Equal("n,,n=juliet,r=client", Text((Sha256 with { Username = "Ｊuliet" }).Client().First()));

    [Fact]
    public void A_plus_mechanism_needs_a_binding() =>
        Assert.Throws<InvalidOperationException>(() => (Sha256Plus with { ClientBinding = null }).Client().First());

    [Theory]
    [InlineData("", "password")]
    [InlineData("user", "")]
    [InlineData("us\0er", "password")]
    [InlineData("us er", "password")]
    [InlineData("😀", "password")]
    [InlineData("user", "pass\0word")]
    public void A_name_or_password_that_nobody_can_have_is_refused_before_it_is_sent(string username, string password)
    {
        var client = new ScramClient(Sha256.Mechanism, username, password);
        Assert.Equal(SaslCondition.NotAuthorized, Assert.Throws<SaslException>(client.First).Condition);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_name() // not inline data, which is kept as UTF-8
    {
        var client = new ScramClient(Sha256.Mechanism, "us\uD800er", "password");
        Assert.Equal(SaslCondition.NotAuthorized, Assert.Throws<SaslException>(client.First).Condition);
    }

    [Theory]
    [InlineData("")]
    [InlineData("r=clientserver,s=AAAA")]
    [InlineData("r=clientserver,i=4096,s=AAAA")]
    [InlineData("s=AAAA,i=4096,r=clientserver")]
    [InlineData("r=clientserver,s=,i=4096")]
    [InlineData("r=clientserver,s=AAA,i=4096")]
    [InlineData("r=clientserver,s=AA==AA==,i=4096")]
    [InlineData("r=clientserver,s=AAAA,i=")]
    [InlineData("r=clientserver,s=AAAA,i=-4096")]
    [InlineData("r=clientserver,s=AAAA,i=04096")]
    [InlineData("r=clientserver,s=AAAA,i= 4096")]
    [InlineData("r=clientserver,s=AAAA,i=4096.5")]
    [InlineData("r=clientserver,s=AAAA,i=99999999999999999999")]
    [InlineData("r=client\u0080server,s=AAAA,i=4096")]
    [InlineData("m=mandatory,r=clientserver,s=AAAA,i=4096")]
    [InlineData("r=clientserver,s=AAAA,i=4096,m=mandatory")]
    [InlineData("r=clientserver,s=AAAA,i=4096,")]
    [InlineData("e=other-error")]
    public async Task A_malformed_challenge_is_refused(string challenge) => Assert.Equal(SaslCondition.Aborted, await Refuses(challenge));

    [Theory]
    [InlineData("client")]
    [InlineData("server")]
    [InlineData("clienTserver")]
    [InlineData("serverclient")]
    public async Task A_nonce_that_does_not_continue_the_clients_is_refused(string nonce) =>
        Assert.Equal(SaslCondition.Aborted, await Refuses($"r={nonce},s=AAAA,i=4096"));

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(600_001)]
    [InlineData(9_999_999)]
    [InlineData(int.MaxValue)]
    public async Task Too_few_or_too_many_iterations_are_refused_without_deriving(int iterations) =>
        Assert.Equal(SaslCondition.Aborted, await Refuses($"r=clientserver,s=AAAA,i={iterations}"));

    [Theory]
    [InlineData(4096)]
    [InlineData(600_000)]
    public async Task The_bounds_of_the_iteration_count_are_allowed(int iterations)
    {
        var asked = 0;
        SaltedPassword derive = (_, _, _, count, _) => ValueTask.FromResult(new byte[(asked = count) > 0 ? 32 : 0]);
        var client = (Sha256 with { Derive = derive }).Client();
        client.First();
        var final = Text(await client.FinalAsync(Encoding.UTF8.GetBytes($"r=clientserver,s=AAAA,i={iterations},z=extension")));
        Assert.StartsWith("c=biws,r=clientserver,p=", final, StringComparison.Ordinal);
        Assert.Equal(iterations, asked);
    }

    [Fact]
    public async Task The_derivation_gets_the_prepared_password_and_the_servers_parameters()
    {
        (ScramHash Hash, string Password, string Salt) asked = default;
        var client = (Sha256 with
        {
            Password = "A\u030A\u3000b", // a letter and its ring apart, an ideographic space
            Derive = (hash, password, salt, _, _) =>
            {
                asked = (hash, password, Text(salt.Span));
                return ValueTask.FromResult(new byte[32]);
            },
        }).Client();
        client.First();
        await client.FinalAsync("r=clientserver,s=c2FsdA==,i=4096"u8.ToArray());
        Assert.Equal((ScramHash.Sha256, "\u00C5 b", "salt"), asked);
    }

    [Fact]
    public async Task A_server_that_does_not_know_the_keys_is_refused()
    {
        var keys = Sha256.AccountKeys();
        var impostor = Sha256 with { Keys = keys with { ServerKey = new byte[32] } };
        Assert.Equal(SaslCondition.Aborted, await impostor.Fails());
    }

    [Theory]
    [InlineData("", SaslCondition.Aborted)]
    [InlineData("v=", SaslCondition.Aborted)]
    [InlineData("v=AAAA", SaslCondition.Aborted)]
    [InlineData("v=****", SaslCondition.Aborted)]
    [InlineData("ok", SaslCondition.Aborted)]
    [InlineData("e=invalid-proof", SaslCondition.NotAuthorized)]
    public async Task An_outcome_without_the_servers_signature_is_refused(string outcome, SaslCondition condition) =>
        Assert.Equal(condition,
            await (Sha256 with { OnTheWay = (step, message) => step == 3 ? Encoding.UTF8.GetBytes(outcome) : message }).Fails());

    [Fact]
    public void Nothing_is_verified_before_its_time()
    {
        var client = Sha256.Client();
        Assert.Throws<InvalidOperationException>(() => client.Verify("v="u8));
        client.First();
        Assert.Throws<InvalidOperationException>(() => client.Verify("v="u8));
        Assert.Throws<InvalidOperationException>(client.First);
    }

    private static async Task<SaslCondition> Refuses(string challenge)
    {
        var client = (Sha256 with { Derive = (_, _, _, _, _) => throw new InvalidOperationException("derived") }).Client();
        client.First();
        var error = await Assert.ThrowsAsync<SaslException>(async () => await client.FinalAsync(Encoding.UTF8.GetBytes(challenge)));
        return error.Condition;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
