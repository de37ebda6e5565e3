using System.Globalization;
using System.Security.Cryptography;

namespace MyChat.Xmpp.Sasl;

/// <summary>Who wants to log in, as the client wrote it: neither name is checked or normalized yet.</summary>
/// <param name="Username">The user's name, never empty; in XMPP the localpart (RFC 6120 §6.3.7).</param>
/// <param name="Authzid">As whom to act, or null; see <see cref="SaslAuthzid"/>.</param>
public sealed record SaslIdentity(string Username, string? Authzid);

/// <summary>
/// The server's side of one SCRAM exchange (RFC 5802, RFC 7677): <see cref="ReadFirst"/>, <see cref="Challenge"/>, <see cref="Finish"/>,
/// once each, in this order (else <see cref="InvalidOperationException"/>). After a <see cref="SaslException"/> the exchange is over.
/// </summary>
/// <param name="mechanism">The one that the client named in &lt;auth/&gt;.</param>
/// <param name="plusOffered">Whether any -PLUS mechanism was in the list that this client got: then "y" tells of a man in the
/// middle.</param>
/// <param name="bindings">What this channel can be bound to; empty without TLS.</param>
public sealed class ScramServer(ScramMechanism mechanism, bool plusOffered, params IReadOnlyList<ChannelBinding> bindings)
{
    private const SaslCondition Fault = SaslCondition.MalformedRequest;

    private State _next = State.First;
    private string _bindingInput = "";
    private string _nonce = "";
    private string _authMessage = "";
    private ScramKeys? _keys;

    private enum State { First, Challenge, Final, Over }

    /// <summary>The server's half of the nonce; tests fix it to replay the specifications' examples.</summary>
    internal string Nonce { get; init; } = ScramGrammar.NewNonce();

    /// <summary>Reads the client-first-message.</summary>
    /// <exception cref="SaslException"><c>malformed-request</c>, or <c>not-authorized</c> for a binding that does not hold.</exception>
    public SaslIdentity ReadFirst(ReadOnlySpan<byte> clientFirst)
    {
        Enter(State.First);
        var text = ScramGrammar.Text(clientFirst, Fault);
        var header = Gs2Header.Parse(text);
        var bare = text[header.Text.Length..];
        var values = ScramGrammar.Attributes(bare, "nr", Fault);
        var username = ScramGrammar.DecodeName(values[0], Fault);
        _nonce = ScramGrammar.Nonce(values[1], Fault) + Nonce;
        _bindingInput = ScramGrammar.BindingInput(header.Text, BindingFor(header));
        _authMessage = bare;
        _next = State.Challenge;
        return new SaslIdentity(username, header.Authzid);
    }

    /// <summary>The server-first-message, for the account's keys or for <see cref="ScramKeys.Decoy"/>.</summary>
    /// <param name="keys">Of the mechanism's hash, else <see cref="ArgumentException"/>.</param>
    public byte[] Challenge(ScramKeys keys)
    {
        if (keys.Hash != mechanism.Hash)
        {
            throw new ArgumentException("The keys are for another hash than the mechanism's.", nameof(keys));
        }

        Enter(State.Challenge);
        var iterations = keys.Iterations.ToString(CultureInfo.InvariantCulture);
        var message = $"r={_nonce},s={Convert.ToBase64String(keys.Salt)},i={iterations}";
        _authMessage += "," + message;
        _keys = keys;
        _next = State.Final;
        return StrictText.Utf8.GetBytes(message);
    }

    /// <summary>Checks the client-final-message; returns the server-final-message, to go as the data of &lt;success/&gt;.</summary>
    /// <exception cref="SaslException"><c>not-authorized</c> for a wrong password or binding, <c>malformed-request</c>.</exception>
    public byte[] Finish(ReadOnlySpan<byte> clientFinal)
    {
        Enter(State.Final);
        var text = ScramGrammar.Text(clientFinal, Fault);
        var end = text.LastIndexOf(",p=", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new SaslException(Fault, "The message has no proof.");
        }

        var values = ScramGrammar.Attributes(text[..end], "cr", Fault);
        var proof = ScramGrammar.Base64(text[(end + 3)..], Fault);
        Require(values[0] == _bindingInput, SaslCondition.NotAuthorized, "The channel binding does not match.");
        Require(values[1] == _nonce, SaslCondition.NotAuthorized, "The nonce is not the one of this exchange.");
        Require(proof.Length == ScramCrypto.Size(mechanism.Hash), Fault, "The proof has a wrong length.");

        var authMessage = StrictText.Utf8.GetBytes(_authMessage + "," + text[..end]);
        Require(Proves(_keys!, proof, authMessage), SaslCondition.NotAuthorized, "The proof is wrong."); // Challenge has set the keys
        return StrictText.Utf8.GetBytes("v=" + Convert.ToBase64String(ScramCrypto.Hmac(mechanism.Hash, _keys!.ServerKey, authMessage)));
    }

    // RFC 5802 §3: the proof is ClientKey XOR ClientSignature, and only H(ClientKey) is kept here.
    private static bool Proves(ScramKeys keys, byte[] proof, byte[] authMessage)
    {
        var clientKey = ScramCrypto.Xor(proof, ScramCrypto.Hmac(keys.Hash, keys.StoredKey, authMessage));
        return CryptographicOperations.FixedTimeEquals(ScramCrypto.Hash(keys.Hash, clientKey), keys.StoredKey);
    }

    // RFC 5802 §6
    private ChannelBinding? BindingFor(Gs2Header header)
    {
        Require((header.Flag == 'p') == mechanism.Plus, Fault, "The channel binding flag does not fit the mechanism.");
        Require(header.Flag != 'y' || !plusOffered, SaslCondition.NotAuthorized,
            "The client did not see the -PLUS mechanisms offered to it.");
        var binding = header.Flag == 'p' ? bindings.FirstOrDefault(candidate => candidate.Type == header.BindingType) : null;
        Require(header.Flag != 'p' || binding is not null, SaslCondition.NotAuthorized,
            "This channel has no binding of the type asked for.");
        return binding;
    }

    // A step that throws leaves the exchange over.
    private void Enter(State step)
    {
        if (_next != step)
        {
            throw new InvalidOperationException($"The exchange is not at this step: {step} was called, {_next} comes next.");
        }

        _next = State.Over;
    }

    private static void Require(bool holds, SaslCondition condition, string otherwise)
    {
        if (!holds)
        {
            throw new SaslException(condition, otherwise);
        }
    }
}
