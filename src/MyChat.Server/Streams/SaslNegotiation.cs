using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Streams;

/// <summary>
/// Log-in (RFC 6120 §6): SCRAM, with channel binding where the transport has it, and PLAIN inside TLS only. An unknown user and a wrong
/// password cannot be told apart, neither by what is said nor by how long it takes.
/// </summary>
internal sealed class SaslNegotiation(ClientStream stream)
{
    private const int MostAttempts = 5; // RFC 6120 §6.4.5
    private const string ChannelBindingNs = "urn:xmpp:sasl-cb:0"; // XEP-0440

    private static readonly XName Mechanisms = new(Ns.Sasl, "mechanisms");
    private static readonly XName Mechanism = new(Ns.Sasl, "mechanism");
    private static readonly XName Challenge = new(Ns.Sasl, "challenge");
    private static readonly XName Success = new(Ns.Sasl, "success");
    private static readonly XName Failure = new(Ns.Sasl, "failure");

    private ScramServer? _scram;
    private ScramHash _hash;
    private SaslIdentity? _identity;
    private volatile BareJid? _user;
    private string? _mechanism;
    private int _attempts;

    private XmppServer Server => stream.Server;
    private bool OffersPlus => stream.Transport.Bindings.Count > 0;

    /// <summary>As whom the client tries to log in; may be read from anywhere.</summary>
    public BareJid? Claimed => _user;

    public IEnumerable<Element> Features()
    {
        yield return new Element(Mechanisms, Names().Select(name => new Element(Mechanism, name)));
        if (OffersPlus)
        {
            yield return new Element(
                new XName(ChannelBindingNs, "sasl-channel-binding"),
                stream.Transport.Bindings.Select(binding => new Element(new XName(ChannelBindingNs, "channel-binding"), ("type", binding.Type))));
        }
    }

    public ValueTask<bool> BeginAsync(Element auth)
    {
        (_scram, _identity, _user) = (null, null, null);
        _mechanism = auth["mechanism"];
        return GuardAsync(async () =>
        {
            if (!stream.IsPrivateEnough)
            {
                throw new SaslException(SaslCondition.EncryptionRequired, "Start TLS first."); // RFC 6120 §6.5.4
            }
            RequireGuessesLeft();
            if (_mechanism is null || !Names().Contains(_mechanism))
            {
                throw new SaslException(SaslCondition.InvalidMechanism, "That mechanism is not offered.");
            }
            if (ScramMechanism.TryParse(_mechanism, out var variant))
            {
                _scram = new ScramServer(variant, OffersPlus, [.. stream.Transport.Bindings]);
                _hash = variant.Hash;
            }
            if (auth.Text.Length == 0)
            {
                Send(new Element(Challenge)); // RFC 6120 §6.4.2: the initial response comes when asked for
                return false;
            }
            return await TakeAsync(SaslData.Decode(auth.Text));
        });
    }

    public ValueTask<bool> ContinueAsync(Element response) => GuardAsync(() => TakeAsync(SaslData.Decode(response.Text)));

    public ValueTask<bool> AbortAsync()
    {
        Send(new Element(Failure, new Element(new XName(Ns.Sasl, "aborted"))));
        return new(true);
    }

    private IEnumerable<string> Names()
    {
        if (OffersPlus)
        {
            yield return SaslMechanism.ScramSha256Plus;
            yield return SaslMechanism.ScramSha1Plus;
        }
        yield return SaslMechanism.ScramSha256;
        yield return SaslMechanism.ScramSha1;
        if (stream.Transport.IsEncrypted)
        {
            yield return SaslMechanism.Plain;
        }
    }

    private async ValueTask<bool> TakeAsync(byte[] message)
    {
        if (_scram is null)
        {
            return await CheckPlainAsync(message);
        }
        if (_identity is null)
        {
            _identity = _scram.ReadFirst(message);
            var keys = await FindKeysAsync(_identity.Username, _hash);
            Send(new Element(Challenge, SaslData.Encode(_scram.Challenge(keys))));
            return false;
        }
        RequireGuessesLeft(); // again: many connections may have come this far at the same time
        var final = _scram.Finish(message);
        Succeed(SaslData.Encode(final));
        return true;
    }

    private async ValueTask<bool> CheckPlainAsync(byte[] message)
    {
        var credentials = Plain.Parse(message);
        _identity = credentials.Identity;
        var keys = await FindKeysAsync(_identity.Username, ScramHash.Sha256);
        // Off the I/O threads: deriving keys costs milliseconds. Many may wait for it, so the guesses are counted where it happens.
        if (!await Task.Run(() => Guess(keys, credentials.Password)))
        {
            throw new SaslException(SaslCondition.NotAuthorized, "Wrong name or password.");
        }
        Succeed(null);
        return true;
    }

    private bool Guess(ScramKeys keys, string password)
    {
        RequireGuessesLeft();
        return keys.Matches(password);
    }

    private void RequireGuessesLeft()
    {
        if (Server.FailedLogins.IsExhausted(stream.Transport.Remote.Address))
        {
            throw new SaslException(SaslCondition.TemporaryAuthFailure, "Too many failed log-ins from this address; try again in a minute.");
        }
    }

    private async ValueTask<ScramKeys> FindKeysAsync(string username, ScramHash wanted)
    {
        ScramKeys? keys = null;
        if (BareJid.TryCreate(username, Server.Domain.Domainpart, out var claimed))
        {
            _user = claimed; // before its keys are read: who changes them ends this stream (AccountRegistry)
            keys = await Server.Stores.Accounts.FindKeysAsync(claimed.Localpart!, wanted, CancellationToken.None);
        }
        return keys ?? ScramKeys.Decoy(wanted, claimed?.Localpart ?? username, Server.Decoys, Accounts.AccountRegistry.Iterations);
    }

    private void Succeed(string? data)
    {
        SaslAuthzid.Require(_identity!.Authzid, _user!);
        Send(new Element(Success, data));
        stream.Authenticate(_user!);
        (_scram, _identity) = (null, null); // for as long as the session lasts nobody asks again
    }

    private async ValueTask<bool> GuardAsync(Func<ValueTask<bool>> step)
    {
        try
        {
            var done = await step();
            if (!done)
            {
                stream.State = StreamState.Authenticating;
            }
            return done;
        }
        catch (SaslException refusal)
        {
            Refuse(refusal);
            return false;
        }
    }

    private void Refuse(SaslException refusal)
    {
        // Only what guessed a password counts. A client that knows no binding of ours is refused before it names anyone's password, once
        // for each mechanism it tries: to count that would lock out a house of such clients that all have the right passwords.
        if (refusal.Condition == SaslCondition.NotAuthorized && _identity is not null)
        {
            Server.FailedLogins.TryAdd(stream.Transport.Remote.Address);
        }
        Send(new Element(
            Failure,
            new Element(new XName(Ns.Sasl, refusal.Condition.ElementName())),
            new Element(new XName(Ns.Sasl, "text"), (XNames.XmlLang, "en"), refusal.Message)));
        stream.State = StreamState.Stranger;
        if (++_attempts >= MostAttempts)
        {
            stream.End(new StreamError(StreamErrorCondition.PolicyViolation, "Too many failed log-ins."), resumable: true);
        }
    }

    private void Send(Element element) => stream.Output.Write(Nonzas.Of(element));
}
