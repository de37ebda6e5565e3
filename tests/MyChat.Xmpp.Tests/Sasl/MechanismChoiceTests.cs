using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

public class MechanismChoiceTests
{
    private static readonly ChannelBinding[] Bindings = [ScramExchange.Exporter, ScramExchange.EndPoint];
    private static readonly string[] All = ["PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "X-OAUTH"];

    [Theory]
    [InlineData("PLAIN SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-PLUS")]
    [InlineData("PLAIN SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-1-PLUS", "SCRAM-SHA-1-PLUS")]
    [InlineData("PLAIN SCRAM-SHA-1 SCRAM-SHA-256", "SCRAM-SHA-256")]
    [InlineData("PLAIN SCRAM-SHA-1", "SCRAM-SHA-1")]
    [InlineData("PLAIN", "PLAIN")]
    [InlineData("X-OAUTH SCRAM-SHA-512", null)]
    [InlineData("", null)]
    public void The_strongest_that_is_offered_is_chosen(string offered, string? chosen) =>
        Assert.Equal(chosen, MechanismChoice.Choose(offered.Split(' '), Bindings, allowPlain: true)?.Name);

    [Fact]
    public void Plain_needs_permission() => Assert.Null(MechanismChoice.Choose(["PLAIN"], Bindings));

    [Fact]
    public void Without_a_binding_there_is_no_plus()
    {
        var choice = MechanismChoice.Choose(All, []);
        Assert.Equal(new MechanismChoice("SCRAM-SHA-256", new ScramMechanism(ScramHash.Sha256, false), null, true), choice);
        Assert.Null(MechanismChoice.Choose(["SCRAM-SHA-256-PLUS"], []));
    }

    [Fact]
    public void The_first_binding_that_the_server_announces_is_taken()
    {
        Assert.Equal(ScramExchange.EndPoint, MechanismChoice.Choose(All, Bindings, ["tls-server-end-point"])?.Binding);
        Assert.Equal(ScramExchange.Exporter, MechanismChoice.Choose(All, Bindings)?.Binding);
    }

    [Fact]
    public void Without_a_common_binding_there_is_no_plus_and_the_flag_is_n()
    {
        var choice = MechanismChoice.Choose(All, [ScramExchange.EndPoint], ["tls-unique"]);
        Assert.Equal("SCRAM-SHA-256", choice?.Name);
        Assert.Equal((byte)'n', First(choice!)[0]);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-256 X-FORGED-PLUS SCRAM-SHA-512-PLUS")]
    public void A_list_without_a_plus_that_we_know_makes_the_flag_y(string offered) =>
        Assert.Equal((byte)'y', First(MechanismChoice.Choose(offered.Split(' '), Bindings)!)[0]);

    private static byte[] First(MechanismChoice choice) =>
        new ScramClient(choice.Scram!.Value, "user", "password") { Binding = choice.Binding, PlusOffered = choice.PlusOffered }.First();
}
