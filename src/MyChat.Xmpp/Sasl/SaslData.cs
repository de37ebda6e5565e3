namespace MyChat.Xmpp.Sasl;

/// <summary>
/// The text of &lt;auth/&gt;, &lt;challenge/&gt;, &lt;response/&gt; and &lt;success/&gt;: base64, and "=" for data of no bytes (RFC 6120
/// §6.4.2). An element without any text carries no data at all; that case is the caller's.
/// </summary>
public static class SaslData
{
    /// <summary>What is sent as the element's text.</summary>
    public static string Encode(ReadOnlySpan<byte> data) => data.IsEmpty ? "=" : Convert.ToBase64String(data);

    /// <summary>Reads an element's text; canonical base64 only, without white space (RFC 6120 §13.9.1).</summary>
    /// <exception cref="SaslException"><c>incorrect-encoding</c>.</exception>
    public static byte[] Decode(string text)
    {
        if (text == "=")
        {
            return [];
        }

        return StrictText.TryFromBase64(text, out var data)
            ? data
            : throw new SaslException(SaslCondition.IncorrectEncoding, "The data is not base64.");
    }
}
