using System.Security.Cryptography.X509Certificates;

namespace MyChat.Xmpp.Sasl;

/// <summary>What ties an authentication to the TLS channel under it (RFC 5056).</summary>
/// <param name="Type">The registered name, such as <see cref="ChannelBindings.TlsServerEndPoint"/>.</param>
/// <param name="Data">The bytes that both ends compute.</param>
public sealed record ChannelBinding(string Type, ReadOnlyMemory<byte> Data);

/// <summary>The bindings that can be computed here.</summary>
public static class ChannelBindings
{
    public const string TlsServerEndPoint = "tls-server-end-point";

    /// <summary>RFC 5929 §4.1: the hash of the server's certificate; null where the certificate's signature names no single hash (Ed25519).</summary>
    public static ChannelBinding? ServerEndPoint(X509Certificate2 certificate) => throw new NotImplementedException();
}
