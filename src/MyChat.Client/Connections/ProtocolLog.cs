using System.Text;
using System.Text.RegularExpressions;

namespace MyChat.Client.Connections;

/// <summary>
/// Sees the protocol, piece by piece and in order, with passwords, tokens and all SASL data taken out before it is called. It may be called
/// from two threads at once: one for each direction.
/// </summary>
public abstract partial class ProtocolLog
{
    /// <summary>Takes one piece; must return at once.</summary>
    protected abstract void Write(bool sent, string xml);

    internal void Write(bool sent, ReadOnlySpan<byte> utf8) => Write(sent, Redact(Encoding.UTF8.GetString(utf8)));

    /// <summary>Takes the secrets out of a piece of the protocol.</summary>
    public static string Redact(string xml) => Fields().Replace(Secrets().Replace(xml, "$1***$2"), "$1***$2");

    // SASL (RFC 6120 §6.4, XEP-0388) and in-band registration (XEP-0077). Redacting too much is harmless.
    [GeneratedRegex(
        @"(<(?:[\w.-]+:)?(?<name>auth|challenge|response|success|initial-response|additional-data|password|key|token)(?=[\s>])[^>]*(?<!/)>)"
            + @".*?(</(?:[\w.-]+:)?\k<name>\s*>|\z)",
        RegexOptions.Singleline)]
    private static partial Regex Secrets();

    // The same in a data form (XEP-0077 §4).
    [GeneratedRegex(@"(<(?:[\w.-]+:)?field\s[^>]*['""](?:password|key)['""][^>]*>).*?(</(?:[\w.-]+:)?field\s*>|\z)", RegexOptions.Singleline)]
    private static partial Regex Fields();
}
