using MyChat.Xmpp.Jids;

namespace MyChat.Xmpp.Sasl;

/// <summary>The rule for authorization identities (RFC 6120 §6.3.8): nobody acts as somebody else here.</summary>
public static class SaslAuthzid
{
    /// <summary>Passes when there is no authzid, or it is the bare JID of the user who authenticated.</summary>
    /// <exception cref="SaslException"><c>invalid-authzid</c>.</exception>
    public static void Require(string? authzid, BareJid user)
    {
        if (authzid is not null && !(BareJid.TryParse(authzid, out var jid) && jid.Equals(user)))
        {
            throw new SaslException(SaslCondition.InvalidAuthzid, "The authorization identity is not the user's own bare JID.");
        }
    }
}
