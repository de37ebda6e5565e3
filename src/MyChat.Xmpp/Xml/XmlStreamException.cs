using MyChat.Xmpp.Streams;

namespace MyChat.Xmpp.Xml;

/// <summary>What a peer sent is not XML that RFC 6120 §11 allows, or is past a limit; the stream ends with <see cref="Condition"/>.</summary>
public sealed class XmlStreamException(StreamErrorCondition condition, string message) : Exception(message)
{
    public StreamErrorCondition Condition { get; } = condition;
}
