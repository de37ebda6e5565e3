using System.Text;
using MyChat.Xmpp.Sasl;

namespace MyChat.Fuzz;

/// <summary>
/// SASL messages. The input's first byte chooses who reads the rest. Oracles: nothing but <see cref="SaslException"/> escapes; only the one
/// message that the password's holder made in this very exchange logs in; what has one spelling is written again as it was read.
/// </summary>
public static class SaslTarget
{
    private const string Password = "pencil";
    private static readonly ScramMechanism Scram = new(ScramHash.Sha256, Plus: false);
    private static readonly ScramMechanism ScramPlus = new(ScramHash.Sha256, Plus: true);
    private static readonly ChannelBinding Binding = new(ChannelBindings.TlsServerEndPoint, "certificate hash"u8.ToArray());
    private static readonly ScramKeys Keys = ScramKeys.Derive(ScramHash.Sha256, Password, "sixteen bytes ok"u8.ToArray(), 4096);
    // Derived only once.
    private static readonly byte[] Salted = ScramCrypto.SaltedPassword(Keys.Hash, Password, Keys.Salt, Keys.Iterations);
    private static readonly byte[] Separator = [0xFF]; // in no UTF-8 text
    private static readonly byte[] Genuine = Messages(Scram, null);
    private static readonly byte[] GenuinePlus = Messages(ScramPlus, Binding);
    private static readonly byte[] GenuineOutcome = Outcome();

    public static string Name => "sasl";

    public static IEnumerable<byte[]> Seeds =>
    [
        [0, .. Genuine],
        [1, .. GenuinePlus],
        [0, .. "y,a=a=2Cb=3Dc,n=user=2C,r=x,z=extension"u8, 0xFF, .. "c=biws,r=xserver,p=AAAA"u8],
        [2, .. "r=clientserver,s=c2l4dGVlbiBieXRlcyBvaw==,i=4096"u8],
        [3, .. GenuineOutcome],
        [3, .. "e=invalid-proof"u8],
        [4, .. "romeo@verona.lit\0juliet\0secret"u8],
        [5, .. "a=2Cb=3Dc=友"u8],
        [6, .. "biws"u8],
        [6, .. "="u8],
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        var rest = input[1..];
        try
        {
            switch (input[0] % 7)
            {
                case 0: ServerReads(Scram, rest, Genuine); break;
                case 1: ServerReads(ScramPlus, rest, GenuinePlus); break;
                case 2: ClientReadsChallenge(rest); break;
                case 3: ClientReadsOutcome(rest); break;
                case 4: PlainIsWrittenAgain(rest); break;
                case 5: NameIsWrittenAgain(rest); break;
                default: DataIsWrittenAgain(rest); break;
            }
        }
        catch (SaslException)
        {
            // The only way to refuse.
        }
    }

    private static void ServerReads(ScramMechanism mechanism, ReadOnlySpan<byte> messages, byte[] genuine)
    {
        var server = Server(mechanism);
        var end = messages.IndexOf(Separator);
        var identity = server.ReadFirst(end < 0 ? messages : messages[..end]);
        Check(identity.Username.Length > 0 && identity.Authzid != "", "an empty name was accepted");
        Check(ScramGrammar.DecodeName(ScramGrammar.EncodeName(identity.Username), SaslCondition.Aborted) == identity.Username,
            "a name changed");
        server.Challenge(Keys);
        server.Finish(end < 0 ? [] : messages[(end + 1)..]);
        Check(messages.SequenceEqual(genuine), "a message logged in that the password's holder did not send");
    }

    private static void ClientReadsChallenge(ReadOnlySpan<byte> challenge)
    {
        var asked = 0;
        var client = Client(Scram, null, iterations => asked = iterations);
        client.First();
        var final = Encoding.UTF8.GetString(Wait(client.FinalAsync(challenge.ToArray())));
        Check(asked is >= ScramClient.MinimumIterations and <= ScramClient.MaximumIterations,
            "an iteration count out of bounds was accepted");
        Check(final.StartsWith("c=biws,r=client", StringComparison.Ordinal), "the final message lost the binding or the nonce");
    }

    private static void ClientReadsOutcome(ReadOnlySpan<byte> outcome)
    {
        var (client, server) = (Client(Scram, null), Server(Scram));
        server.ReadFirst(client.First());
        Wait(client.FinalAsync(server.Challenge(Keys)));
        client.Verify(outcome);

        // RFC 5802 §7: extensions after the signature are outside of it, and ignored.
        var genuine = outcome.StartsWith(GenuineOutcome) &&
            (outcome.Length == GenuineOutcome.Length || outcome[GenuineOutcome.Length] == ',');
        Check(genuine, "an impostor was taken for the server");
    }

    private static void PlainIsWrittenAgain(ReadOnlySpan<byte> message)
    {
        var credentials = Plain.Parse(message);
        var (username, authzid) = credentials.Identity;
        Check(Encoding.UTF8.GetBytes($"{authzid}\0{username}\0{credentials.Password}").AsSpan().SequenceEqual(message), "PLAIN changed");
    }

    private static void NameIsWrittenAgain(ReadOnlySpan<byte> text)
    {
        var name = StrictText.Decode(text, SaslCondition.MalformedRequest);
        if (name.Length > 0)
        {
            Check(ScramGrammar.DecodeName(ScramGrammar.EncodeName(name), SaslCondition.Aborted) == name,
                "a name changed when written and read");
            Check(ScramGrammar.EncodeName(name).IndexOf(',', StringComparison.Ordinal) < 0, "a name leaves its attribute");
        }

        var decoded = ScramGrammar.DecodeName(name, SaslCondition.MalformedRequest);
        Check(name.Contains(',', StringComparison.Ordinal) || ScramGrammar.EncodeName(decoded) == name, "a name has two spellings");
    }

    private static void DataIsWrittenAgain(ReadOnlySpan<byte> text)
    {
        var data = Encoding.Latin1.GetString(text);
        Check(data.Length == 0 || SaslData.Encode(SaslData.Decode(data)) == data, "base64 has two spellings");
    }

    private static byte[] Messages(ScramMechanism mechanism, ChannelBinding? binding)
    {
        var (client, server) = (Client(mechanism, binding), Server(mechanism));
        var first = client.First();
        server.ReadFirst(first);
        return [.. first, .. Separator, .. Wait(client.FinalAsync(server.Challenge(Keys)))];
    }

    private static byte[] Outcome()
    {
        var (client, server) = (Client(Scram, null), Server(Scram));
        server.ReadFirst(client.First());
        return server.Finish(Wait(client.FinalAsync(server.Challenge(Keys))));
    }

    private static ScramServer Server(ScramMechanism mechanism) => new(mechanism, plusOffered: true, Binding) { Nonce = "server" };

    private static ScramClient Client(ScramMechanism mechanism, ChannelBinding? binding, Action<int>? onDerive = null) =>
        new(mechanism, "user", Password)
        {
            Nonce = "client",
            Binding = binding,
            PlusOffered = true,
            DeriveSaltedPassword = (_, _, _, iterations, _) =>
            {
                onDerive?.Invoke(iterations);
                return ValueTask.FromResult(Salted);
            },
        };

    private static byte[] Wait(ValueTask<byte[]> task) => task.AsTask().GetAwaiter().GetResult();

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
