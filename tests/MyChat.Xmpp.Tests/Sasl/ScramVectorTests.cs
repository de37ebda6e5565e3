using System.Text;
using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

/// <summary>The examples of RFC 5802 §5 and RFC 7677 §3, octet for octet, seen from both sides.</summary>
public class ScramVectorTests
{
    public static TheoryData<string, string, string, string, string, string> Examples => new()
    {
        {
            "SCRAM-SHA-1",
            "3rfcNHYJY1ZVvWVs7j",
            "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
            "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="
        },
        {
            "SCRAM-SHA-256",
            "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
            "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
        },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_client_says_what_the_example_says(
        string mechanism, string serverNonce, string first, string challenge, string final, string outcome)
    {
        Assert.True(ScramMechanism.TryParse(mechanism, out var scram));
        Assert.Contains(serverNonce, challenge, StringComparison.Ordinal);
        var client = new ScramClient(scram, "user", "pencil") { Nonce = first[(first.IndexOf("r=", StringComparison.Ordinal) + 2)..] };

        Assert.Equal(first, Encoding.UTF8.GetString(client.First()));
        Assert.Equal(final, Encoding.UTF8.GetString(await client.FinalAsync(Encoding.UTF8.GetBytes(challenge))));
        client.Verify(Encoding.UTF8.GetBytes(outcome));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_server_says_what_the_example_says(
        string mechanism, string serverNonce, string first, string challenge, string final, string outcome)
    {
        Assert.True(ScramMechanism.TryParse(mechanism, out var scram));
        var salt = Convert.FromBase64String(challenge[(challenge.IndexOf("s=", StringComparison.Ordinal) + 2)..challenge.LastIndexOf(',')]);
        var server = new ScramServer(scram, plusOffered: false) { Nonce = serverNonce };

        Assert.Equal(new SaslIdentity("user", null), server.ReadFirst(Encoding.UTF8.GetBytes(first)));
        Assert.Equal(challenge, Encoding.UTF8.GetString(server.Challenge(ScramKeys.Derive(scram.Hash, "pencil", salt, 4096))));
        Assert.Equal(outcome, Encoding.UTF8.GetString(server.Finish(Encoding.UTF8.GetBytes(final))));
    }
}
