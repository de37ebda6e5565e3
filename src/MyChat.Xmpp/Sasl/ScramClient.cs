using System.Security.Cryptography;

namespace MyChat.Xmpp.Sasl;

/// <summary>
/// Derives SaltedPassword (RFC 5802 §3, PBKDF2 with the hash's output length). The default is the platform's; a browser passes its own, and
/// one that remembers results makes reconnecting cheap. The password comes prepared.
/// </summary>
public delegate ValueTask<byte[]> SaltedPassword(
    ScramHash hash, string password, ReadOnlyMemory<byte> salt, int iterations, CancellationToken cancellationToken);

/// <summary>
/// The client's side of one SCRAM exchange (RFC 5802, RFC 7677): <see cref="First"/>, <see cref="FinalAsync"/>, <see cref="Verify"/>,
/// once each, in this order. The user is logged in only after <see cref="Verify"/> returned: it is what proves that the server knows the
/// password's keys.
/// </summary>
/// <param name="username">The localpart.</param>
/// <param name="password">Null when <see cref="DeriveSaltedPassword"/> knows the result without it.</param>
public sealed class ScramClient(ScramMechanism mechanism, string username, string? password)
{
    /// <summary>Fewer are refused, with either hash (RFC 5802 §5.1, RFC 7677 §4): they would make the password cheap to guess.</summary>
    public const int MinimumIterations = 4096;

    /// <summary>More are refused: a hostile server must not burn the client's processor.</summary>
    public const int MaximumIterations = 600_000;

    private const SaslCondition Fault = SaslCondition.Aborted;

    private State _next = State.First;
    private string _password = "";
    private string _bindingInput = "";
    private string _firstBare = "";
    private byte[] _serverSignature = [];

    private enum State { First, Final, Verify, Over }

    /// <summary>As whom to act; null for the user itself.</summary>
    public string? Authzid { get; init; }

    /// <summary>What the channel can be bound to: needed for -PLUS; without -PLUS it says that this client would have been able
    /// to.</summary>
    public ChannelBinding? Binding { get; init; }

    /// <summary>Whether the server's list had any -PLUS mechanism. If not, and there is a <see cref="Binding"/>, the flag "y" is
    /// sent.</summary>
    public bool PlusOffered { get; init; }

    /// <summary>Null for the platform's PBKDF2, which then runs on the thread pool.</summary>
    public SaltedPassword? DeriveSaltedPassword { get; init; }

    /// <summary>The client's half of the nonce; tests fix it to replay the specifications' examples.</summary>
    internal string Nonce { get; init; } = ScramGrammar.NewNonce();

    /// <summary>The client-first-message.</summary>
    /// <exception cref="SaslException"><c>not-authorized</c>: no account can have this username or password.</exception>
    /// <exception cref="InvalidOperationException">A -PLUS mechanism without a <see cref="Binding"/>, or a step out of order.</exception>
    public byte[] First()
    {
        if (mechanism.Plus && Binding is null)
        {
            throw new InvalidOperationException("A -PLUS mechanism needs a channel binding.");
        }

        if (password is null && DeriveSaltedPassword is null)
        {
            throw new InvalidOperationException("Neither a password nor what is made of it.");
        }

        Enter(State.First);
        (var name, _password) = Preparation.Prepare(username, password);

        // RFC 5802 §6: "y" lets the server find out that somebody took the -PLUS mechanisms from its list.
        var flag = mechanism.Plus ? 'p' : Binding is not null && !PlusOffered ? 'y' : 'n';
        var header = Gs2Header.Create(flag, mechanism.Plus ? Binding!.Type : null, Authzid); // checked above
        _bindingInput = ScramGrammar.BindingInput(header.Text, mechanism.Plus ? Binding : null);
        _firstBare = $"n={ScramGrammar.EncodeName(name)},r={Nonce}";
        var message = StrictText.Encode(header.Text + _firstBare);
        _next = State.Final;
        return message;
    }

    /// <summary>The client-final-message.</summary>
    /// <exception cref="SaslException"><c>aborted</c>: the server's message cannot be accepted.</exception>
    public async ValueTask<byte[]> FinalAsync(ReadOnlyMemory<byte> serverFirst, CancellationToken cancellationToken = default)
    {
        Enter(State.Final);
        var challenge = ScramGrammar.Text(serverFirst.Span, Fault);
        var values = ScramGrammar.Attributes(challenge, "rsi", Fault);
        var nonce = ScramGrammar.Nonce(values[0], Fault);
        var salt = ScramGrammar.Base64(values[1], Fault);
        var iterations = ScramGrammar.Number(values[2], Fault);
        Require(nonce.Length > Nonce.Length && nonce.StartsWith(Nonce, StringComparison.Ordinal),
            "The nonce does not continue the client's.");
        Require(iterations is >= MinimumIterations and <= MaximumIterations, "The iteration count is out of bounds.");

        var salted = await (DeriveSaltedPassword ?? DefaultAsync)(mechanism.Hash, _password, salt, iterations, cancellationToken);
        if (salted.Length != ScramCrypto.Size(mechanism.Hash))
        {
            throw new InvalidOperationException("The derived key has a wrong length.");
        }

        var withoutProof = $"c={_bindingInput},r={nonce}";
        var authMessage = StrictText.Utf8.GetBytes($"{_firstBare},{challenge},{withoutProof}");
        _serverSignature = ScramCrypto.Hmac(mechanism.Hash, ScramCrypto.ServerKey(mechanism.Hash, salted), authMessage);
        _next = State.Verify;
        return StrictText.Utf8.GetBytes($"{withoutProof},p={Convert.ToBase64String(Proof(salted, authMessage))}");
    }

    /// <summary>Checks the server-final-message (the data of &lt;success/&gt;); returns only when the server is genuine.</summary>
    /// <exception cref="SaslException"><c>aborted</c>: it is not; <c>not-authorized</c>: the server reports an error.</exception>
    public void Verify(ReadOnlySpan<byte> serverFinal)
    {
        Enter(State.Verify);
        var text = ScramGrammar.Text(serverFinal, Fault);
        if (text.StartsWith("e=", StringComparison.Ordinal))
        {
            throw new SaslException(SaslCondition.NotAuthorized, "The server reports an error in place of its signature.");
        }

        var signature = ScramGrammar.Base64(ScramGrammar.Attributes(text, "v", Fault)[0], Fault);
        Require(CryptographicOperations.FixedTimeEquals(signature, _serverSignature), "The server does not know the password's keys.");
    }

    private byte[] Proof(byte[] salted, byte[] authMessage)
    {
        var clientKey = ScramCrypto.ClientKey(mechanism.Hash, salted);
        var storedKey = ScramCrypto.Hash(mechanism.Hash, clientKey);
        return ScramCrypto.Xor(clientKey, ScramCrypto.Hmac(mechanism.Hash, storedKey, authMessage));
    }

    private static ValueTask<byte[]> DefaultAsync(
        ScramHash hash, string password, ReadOnlyMemory<byte> salt, int iterations, CancellationToken cancellationToken) =>
        new(Task.Run(() => ScramCrypto.SaltedPassword(hash, password, salt.Span, iterations), cancellationToken));

    // A step that throws leaves the exchange over.
    private void Enter(State step)
    {
        if (_next != step)
        {
            throw new InvalidOperationException($"The exchange is not at this step: {step} was called, {_next} comes next.");
        }

        _next = State.Over;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new SaslException(Fault, otherwise);
        }
    }
}
