using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MyChat.Xmpp.Sasl;

/// <summary>UTF-8 and base64 with exactly one spelling for every value: what is compared or signed must not have a twin.</summary>
internal static class StrictText
{
    /// <summary>Far above any honest message of these mechanisms (an XMPP localpart has at most 1023 bytes).</summary>
    public const int MaximumLength = 4096;

    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a whole message; too long or not UTF-8 is the peer's fault.</summary>
    public static string Decode(ReadOnlySpan<byte> message, SaslCondition fault)
    {
        if (message.Length > MaximumLength)
        {
            throw new SaslException(fault, "The message is too long.");
        }

        try
        {
            return Utf8.GetString(message);
        }
        catch (DecoderFallbackException)
        {
            throw new SaslException(fault, "The message is not UTF-8.");
        }
    }

    /// <summary>Encodes what the user typed; a lone surrogate is no text.</summary>
    public static byte[] Encode(string text)
    {
        try
        {
            return Utf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new SaslException(SaslCondition.NotAuthorized, "The name or password is not Unicode text.");
        }
    }

    // RFC 4648 §3.1, §3.3, §3.5: the platform's decoder skips white space and ignores stray bits at the end; encoding again finds both.
    public static bool TryFromBase64(string text, [NotNullWhen(true)] out byte[]? data)
    {
        var buffer = new byte[text.Length / 4 * 3];
        data = Convert.TryFromBase64String(text, buffer, out var length) && Convert.ToBase64String(buffer, 0, length) == text
            ? buffer[..length]
            : null;
        return data is not null;
    }
}
