using CsCheck;
using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

/// <summary>Both sides against each other.</summary>
public class ScramExchangeTests
{
    // ASCII with the two characters that SCRAM escapes, Greek, Chinese; passwords also have emoji, within and beyond the BMP, and capitals.
    private static readonly string[] NameParts = ["a", "7", "=", ",", "=2c", "@", "\"", "中", "文", "ß", "ω", "é"];
    private static readonly string[] PasswordParts = [.. NameParts, "Z", "=2C", " ", "密", "码", "Ω", "☃", "😀", "🚀"];

    // Every bit, a letter's successor across its bits, and the two that a man in the middle would like: n for y and back.
    private static readonly byte[] Changes = [1, 2, 4, 8, 16, 32, 64, 128, 'a' ^ 'b', 'n' ^ 'y', 255];

    private static readonly Gen<string> Names = Words(NameParts);
    private static readonly Gen<string> Passwords = Words(PasswordParts);

    public static TheoryData<string> Mechanisms => ScramExchange.Mechanisms;

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public async Task The_right_password_logs_in(string mechanism) =>
        Assert.Equal("juliet", (await ScramExchange.Named(mechanism).Run()).Username);

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public async Task A_wrong_password_does_not(string mechanism) =>
        Assert.Equal(SaslCondition.NotAuthorized, await (ScramExchange.Named(mechanism) with { Password = "therefore" }).Fails());

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public async Task A_decoy_fails_like_a_wrong_password(string mechanism)
    {
        var exchange = ScramExchange.Named(mechanism);
        var decoy = ScramKeys.Decoy(exchange.Mechanism.Hash, "juliet", "a secret of 16 b"u8, 10_000);
        Assert.Equal(SaslCondition.NotAuthorized, await (exchange with { Keys = decoy }).Fails());
    }

    [Fact]
    public async Task A_man_in_the_middle_with_another_certificate_is_found_by_the_binding()
    {
        var other = new ChannelBinding(ChannelBindings.TlsServerEndPoint, "another certificate's hash"u8.ToArray());
        Assert.Equal(SaslCondition.NotAuthorized, await (ScramExchange.Named("SCRAM-SHA-256-PLUS") with { ClientBinding = other }).Fails());
    }

    [Fact]
    public async Task A_man_in_the_middle_who_hides_the_plus_mechanisms_is_found_by_the_flag() =>
        Assert.Equal(SaslCondition.NotAuthorized, await (ScramExchange.Named("SCRAM-SHA-256") with { ClientSeesPlus = false }).Fails());

    [Fact]
    public async Task Each_binding_of_the_channel_can_be_used()
    {
        var exchange = ScramExchange.Named("SCRAM-SHA-1-PLUS");
        await (exchange with { ClientBinding = ScramExchange.EndPoint }).Run();
        await (exchange with { ClientBinding = ScramExchange.Exporter }).Run();
        Assert.Equal(SaslCondition.NotAuthorized, await (exchange with { ServerBindings = [ScramExchange.Exporter] }).Fails());
    }

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public async Task Any_user_logs_in_with_its_password_and_with_no_other(string mechanism) =>
        await Gen.Select(Names, Passwords, Passwords).SampleAsync(
            async (username, password, other) =>
            {
                var exchange = ScramExchange.Named(mechanism) with { Username = username, Password = password, AccountPassword = password };
                Assert.Equal(new SaslIdentity(username, null), await exchange.Run());
                if (other != password)
                {
                    Assert.Equal(SaslCondition.NotAuthorized, await (exchange with { Password = other }).Fails());
                }
            },
            iter: 50);

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public async Task A_byte_changed_on_the_way_never_logs_in(string mechanism)
    {
        var plain = ScramExchange.Named(mechanism);
        var keys = plain.AccountKeys();
        var exchange = plain with { Keys = keys, Derive = ScramExchange.Cheap(keys, plain.Password), PlusOffered = plain.Mechanism.Plus };
        var lengths = new int[4];
        await (exchange with { OnTheWay = (step, message) => { lengths[step] = message.Length; return message; } }).Run();

        for (var step = 0; step < 4; step++)
        {
            for (var position = 0; position < lengths[step]; position++)
            {
                foreach (var change in Changes)
                {
                    await FailsWhenChanged(exchange, step, position, change);
                }
            }
        }
    }

    private static Gen<string> Words(string[] parts) =>
        Gen.Int[0, parts.Length - 1].Select(part => parts[part]).Array[1, 12].Select(string.Concat);

    private static async Task FailsWhenChanged(ScramExchange exchange, int changedStep, int position, byte change)
    {
        try
        {
            await (exchange with { OnTheWay = Change }).Run();
        }
        catch (SaslException)
        {
            return;
        }

        Assert.Fail($"Message {changedStep} with byte {position} changed by {change} was taken for the genuine one.");

        byte[] Change(int step, byte[] message)
        {
            if (step != changedStep)
            {
                return message;
            }

            var changed = message.ToArray();
            changed[position] ^= change;
            return changed;
        }
    }
}
