namespace MyChat.Xmpp.Sasl;

/// <summary>What ties an authentication to the TLS channel under it (RFC 5056).</summary>
/// <param name="Type">The registered name, such as <see cref="ChannelBindings.TlsServerEndPoint"/>.</param>
/// <param name="Data">The bytes that both ends compute.</param>
public sealed record ChannelBinding(string Type, ReadOnlyMemory<byte> Data);
