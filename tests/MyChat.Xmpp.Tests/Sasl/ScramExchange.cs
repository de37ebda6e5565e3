using System.Security.Cryptography;
using System.Text;
using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

/// <summary>A user, the keys of its account, and a run of the four messages between both sides.</summary>
internal sealed record ScramExchange(ScramMechanism Mechanism)
{
    public static readonly ChannelBinding EndPoint = new(ChannelBindings.TlsServerEndPoint, "the certificate's hash"u8.ToArray());
    public static readonly ChannelBinding Exporter = new("tls-exporter", "exported"u8.ToArray());
    private static readonly byte[] Salt = "sixteen bytes ok"u8.ToArray();

    public static TheoryData<string> Mechanisms => new("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS");

    public string Username { get; init; } = "juliet";
    public string Password { get; init; } = "wherefore art thou";
    public string AccountPassword { get; init; } = "wherefore art thou";
    public bool PlusOffered { get; init; } = true;
    public bool ClientSeesPlus { get; init; } = true;
    public ChannelBinding? ClientBinding { get; init; } = EndPoint;
    public ChannelBinding[] ServerBindings { get; init; } = [Exporter, EndPoint];
    public ScramKeys? Keys { get; init; }
    public SaltedPassword? Derive { get; init; }

    /// <summary>Changes a message on its way: 0 client-first, 1 server-first, 2 client-final, 3 server-final.</summary>
    public Func<int, byte[], byte[]> OnTheWay { get; init; } = (_, message) => message;

    public static ScramExchange Named(string mechanism)
    {
        Assert.True(ScramMechanism.TryParse(mechanism, out var parsed));
        return new ScramExchange(parsed);
    }

    public ScramServer Server() => new(Mechanism, PlusOffered, ServerBindings) { Nonce = "server" };

    public ScramClient Client() => new(Mechanism, Username, Password)
    {
        Nonce = "client",
        Binding = ClientBinding,
        PlusOffered = ClientSeesPlus,
        DeriveSaltedPassword = Derive,
    };

    public ScramKeys AccountKeys() => Keys ?? ScramKeys.Derive(Mechanism.Hash, AccountPassword, Salt, ScramClient.MinimumIterations);

    /// <summary>Runs the exchange to its end; a fault on either side comes out as its exception.</summary>
    public async Task<SaslIdentity> Run()
    {
        var (client, server) = (Client(), Server());
        var identity = server.ReadFirst(OnTheWay(0, client.First()));
        var final = await client.FinalAsync(OnTheWay(1, server.Challenge(AccountKeys())), TestContext.Current.CancellationToken);
        client.Verify(OnTheWay(3, server.Finish(OnTheWay(2, final))));
        return identity;
    }

    public async Task<SaslCondition> Fails() => (await Assert.ThrowsAsync<SaslException>(Run)).Condition;

    /// <summary>Feeds a server hand-written messages up to the one that is refused.</summary>
    public SaslCondition Refuses(string clientFirst, Func<string, string>? clientFinal = null)
    {
        var server = Server();
        return Assert.Throws<SaslException>(() =>
        {
            server.ReadFirst(Encoding.UTF8.GetBytes(clientFirst));
            var challenge = Encoding.UTF8.GetString(server.Challenge(AccountKeys()));
            server.Finish(Encoding.UTF8.GetBytes(clientFinal is null ? "" : clientFinal(challenge)));
        }).Condition;
    }

    /// <summary>
    /// A client-final-message as the password's holder would sign it, whatever it says: what is wrong in it is then the only thing wrong.
    /// </summary>
    public string Sign(string firstBare, string challenge, string withoutProof)
    {
        var salted = ScramCrypto.SaltedPassword(Mechanism.Hash, Password, Salt, ScramClient.MinimumIterations);
        var clientKey = ScramCrypto.ClientKey(Mechanism.Hash, salted);
        var message = Encoding.UTF8.GetBytes($"{firstBare},{challenge},{withoutProof}");
        var signature = ScramCrypto.Hmac(Mechanism.Hash, ScramCrypto.Hash(Mechanism.Hash, clientKey), message);
        return $"{withoutProof},p={Convert.ToBase64String(ScramCrypto.Xor(clientKey, signature))}";
    }

    /// <summary>A derivation that costs nothing where <paramref name="keys"/> and their password are not concerned.</summary>
    public static SaltedPassword Cheap(ScramKeys keys, string password)
    {
        var genuine = ScramCrypto.SaltedPassword(keys.Hash, password, keys.Salt, keys.Iterations);
        return (hash, text, salt, iterations, _) => ValueTask.FromResult(
            text == password && iterations == keys.Iterations && salt.Span.SequenceEqual(keys.Salt)
                ? genuine
                : SHA256.HashData([.. Encoding.UTF8.GetBytes(text), .. salt.Span, .. BitConverter.GetBytes(iterations)])
                    [..ScramCrypto.Size(hash)]);
    }
}
