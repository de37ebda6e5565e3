namespace MyChat.Xmpp.Sasl;

/// <summary>The start of a client-first-message (RFC 5802 §7, gs2-header).</summary>
/// <param name="Text">As it was sent, both commas included.</param>
/// <param name="Flag">n, y or p.</param>
/// <param name="BindingType">The name after "p=", else null.</param>
internal sealed record Gs2Header(string Text, char Flag, string? BindingType, string? Authzid)
{
    public static Gs2Header Create(char flag, string? bindingType, string? authzid)
    {
        var start = flag == 'p' ? "p=" + bindingType : flag.ToString();
        var name = string.IsNullOrEmpty(authzid) ? "" : "a=" + ScramGrammar.EncodeName(authzid);
        return new Gs2Header($"{start},{name},", flag, bindingType, authzid);
    }

    /// <summary>Reads the header; the rest of the message is what follows <see cref="Text"/>.</summary>
    public static Gs2Header Parse(string message)
    {
        var first = message.IndexOf(',', StringComparison.Ordinal);
        var second = first < 0 ? -1 : message.IndexOf(',', first + 1);
        if (second < 0)
        {
            throw Malformed("The message has no GS2 header.");
        }

        var start = message[..first];
        var type = start.StartsWith("p=", StringComparison.Ordinal) ? start[2..] : null;
        if (type is null ? start is not ("n" or "y") : !IsBindingName(type))
        {
            throw Malformed("The channel binding flag is malformed.");
        }

        var name = message[(first + 1)..second];
        if (name.Length > 0 && !name.StartsWith("a=", StringComparison.Ordinal))
        {
            throw Malformed("The authorization identity is malformed.");
        }

        var authzid = name.Length == 0 ? null : ScramGrammar.DecodeName(name[2..], SaslCondition.MalformedRequest);
        return new Gs2Header(message[..(second + 1)], start[0], type, authzid);
    }

    private static bool IsBindingName(string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-');

    private static SaslException Malformed(string message) => new(SaslCondition.MalformedRequest, message);
}
