namespace MyChat.Xmpp.Sasl;

/// <summary>Why an authentication failed: the defined conditions of RFC 6120 §6.5.</summary>
public enum SaslCondition
{
    Aborted, AccountDisabled, CredentialsExpired, EncryptionRequired, IncorrectEncoding, InvalidAuthzid, InvalidMechanism, MalformedRequest,
    MechanismTooWeak, NotAuthorized, TemporaryAuthFailure,
}

/// <summary>The conditions' element names in the SASL namespace.</summary>
public static class SaslConditions
{
    private static readonly string[] Names =
    [
        "aborted", "account-disabled", "credentials-expired", "encryption-required", "incorrect-encoding", "invalid-authzid",
        "invalid-mechanism", "malformed-request", "mechanism-too-weak", "not-authorized", "temporary-auth-failure",
    ];

    /// <summary>The element name, such as <c>not-authorized</c>.</summary>
    public static string ElementName(this SaslCondition condition) => Names[(int)condition];

    /// <summary>Reads an element name; false when RFC 6120 does not define it.</summary>
    public static bool TryParse(string elementName, out SaslCondition condition)
    {
        var index = Array.IndexOf(Names, elementName);
        condition = (SaslCondition)Math.Max(index, 0);
        return index >= 0;
    }
}
