namespace MyChat.Xmpp.Sasl;

/// <summary>The registered names of the mechanisms that this library speaks, and the namespace of RFC 6120 §6.</summary>
public static class SaslMechanism
{
    public const string Ns = "urn:ietf:params:xml:ns:xmpp-sasl";

    public const string Plain = "PLAIN";
    public const string ScramSha1 = "SCRAM-SHA-1";
    public const string ScramSha1Plus = "SCRAM-SHA-1-PLUS";
    public const string ScramSha256 = "SCRAM-SHA-256";
    public const string ScramSha256Plus = "SCRAM-SHA-256-PLUS";
}

/// <summary>One mechanism of the SCRAM family.</summary>
/// <param name="Plus">With channel binding (RFC 5802 §6).</param>
public readonly record struct ScramMechanism(ScramHash Hash, bool Plus)
{
    public string Name => (Hash, Plus) switch
    {
        (ScramHash.Sha1, false) => SaslMechanism.ScramSha1,
        (ScramHash.Sha1, true) => SaslMechanism.ScramSha1Plus,
        (ScramHash.Sha256, false) => SaslMechanism.ScramSha256,
        _ => SaslMechanism.ScramSha256Plus,
    };

    /// <summary>Reads a mechanism's name; false when it is not one of the four.</summary>
    public static bool TryParse(string name, out ScramMechanism mechanism)
    {
        mechanism = new ScramMechanism(
            name is SaslMechanism.ScramSha1 or SaslMechanism.ScramSha1Plus ? ScramHash.Sha1 : ScramHash.Sha256,
            name is SaslMechanism.ScramSha1Plus or SaslMechanism.ScramSha256Plus);
        return mechanism.Name == name;
    }
}
