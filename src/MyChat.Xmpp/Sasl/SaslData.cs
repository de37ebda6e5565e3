namespace MyChat.Xmpp.Sasl;

/// <summary>The text content of &lt;auth/&gt;, &lt;challenge/&gt;, &lt;response/&gt; and &lt;success/&gt;: base64, "=" for data of no bytes (RFC 6120 §6.4.2).</summary>
public static class SaslData
{
    /// <summary>What is sent as the element's text.</summary>
    public static string Encode(ReadOnlySpan<byte> data) => throw new NotImplementedException();

    /// <summary>Reads an element's text; canonical base64 only.</summary>
    /// <exception cref="SaslException"><c>incorrect-encoding</c>.</exception>
    public static byte[] Decode(string text) => throw new NotImplementedException();
}
