using System.Buffers;
using System.Text;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Stanzas;

/// <summary>A message, presence or iq (RFC 6120 §8): a typed header, and the content as checked bytes until somebody asks for elements.</summary>
public abstract record Stanza
{
    private protected Stanza() { }

    public Jid? To { get; init; }
    public Jid? From { get; init; }
    public string? Id { get; init; }

    /// <summary>xml:lang of the stanza, or null.</summary>
    public string? Lang { get; init; }

    /// <summary>What stands inside.</summary>
    public Payload Payload { get; init; } = Payload.Empty;

    /// <summary>
    /// What is wrong with the header of a stanza that was received (an address that is none, an iq without id), or null. Look at it
    /// first: an address or type that could not be read is null, or the enum's first value.
    /// </summary>
    public StanzaErrorCondition? Defect { get; init; }

    /// <summary>The value of the type attribute, or null where it is left out.</summary>
    public abstract string? TypeName { get; }

    /// <summary>"message", "presence" or "iq".</summary>
    public abstract string Kind { get; }

    /// <summary>Whether this is of type error.</summary>
    public abstract bool IsError { get; }

    /// <summary>Whether an error may answer this: never an error (RFC 6120 §8.3.1), nor the result of an iq (§8.2.3).</summary>
    public virtual bool MayBeAnswered => !IsError;

    /// <summary>
    /// The stanza that answers this one with an error (RFC 6120 §8.3), addresses swapped; what the stanza held is not sent back. Throws
    /// <see cref="InvalidOperationException"/> for a stanza of type error: errors are not answered with errors (§8.3.1).
    /// </summary>
    public abstract Stanza ToError(StanzaError error);

    /// <summary>Writes the stanza; with <paramref name="xmlns"/> the start tag declares jabber:client (RFC 7395 §3.3.2, forwarding).</summary>
    public void WriteTo(IBufferWriter<byte> output, bool xmlns = false) => StanzaOutput.Write(output, this, xmlns);

    /// <summary>The stanza as XML text.</summary>
    public sealed override string ToString()
    {
        var output = new ArrayBufferWriter<byte>();
        WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The content of the error stanza that answers this.</summary>
    private protected Payload ErrorPayload(StanzaError error) => IsError
        ? throw new InvalidOperationException("An error is not answered with an error.")
        : new Payload(error.ToElement());
}

/// <summary>message (RFC 6121 §5).</summary>
public sealed record Message : Stanza
{
    public MessageType Type { get; init; } = MessageType.Normal;

    /// <inheritdoc/>
    public override string? TypeName => Type == MessageType.Normal ? null : StanzaTypes.Messages[(int)Type];
    public override string Kind => "message";
    public override bool IsError => Type == MessageType.Error;

    /// <inheritdoc/>
    public override Stanza ToError(StanzaError error) =>
        new Message { To = From, From = To, Id = Id, Type = MessageType.Error, Payload = ErrorPayload(error) };
}

/// <summary>presence (RFC 6121 §4).</summary>
public sealed record Presence : Stanza
{
    public PresenceType Type { get; init; } = PresenceType.Available;

    /// <inheritdoc/>
    public override string? TypeName => Type == PresenceType.Available ? null : StanzaTypes.Presences[(int)Type];
    public override string Kind => "presence";
    public override bool IsError => Type == PresenceType.Error;

    /// <inheritdoc/>
    public override Stanza ToError(StanzaError error) =>
        new Presence { To = From, From = To, Id = Id, Type = PresenceType.Error, Payload = ErrorPayload(error) };
}

/// <summary>iq (RFC 6120 §8.2.3).</summary>
public sealed record Iq : Stanza
{
    public IqType Type { get; init; }

    /// <inheritdoc/>
    public override string? TypeName => StanzaTypes.Iqs[(int)Type];
    public override string Kind => "iq";
    public override bool IsError => Type == IqType.Error;

    /// <inheritdoc/>
    public override bool MayBeAnswered => Type is IqType.Get or IqType.Set;

    /// <inheritdoc/>
    public override Stanza ToError(StanzaError error) =>
        new Iq { To = From, From = To, Id = Id, Type = IqType.Error, Payload = ErrorPayload(error) };

    /// <summary>The result that answers this request.</summary>
    public Iq ToResult(Element? payload = null) => new()
    {
        To = From,
        From = To,
        Id = Id,
        Type = IqType.Result,
        Payload = payload is null ? Payload.Empty : new Payload(payload),
    };
}

/// <summary>An unknown or missing type means normal (RFC 6121 §5.2.2).</summary>
public enum MessageType { Normal, Chat, Groupchat, Headline, Error }

/// <summary>RFC 6121 §4.7.1; available is said by leaving the type out.</summary>
public enum PresenceType { Available, Unavailable, Subscribe, Subscribed, Unsubscribe, Unsubscribed, Probe, Error }

/// <summary>RFC 6120 §8.2.3.</summary>
public enum IqType { Get, Set, Result, Error }
