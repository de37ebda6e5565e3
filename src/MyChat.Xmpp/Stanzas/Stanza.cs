using System.Buffers;
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

    /// <summary>What is wrong with the header of a stanza that was received (an address that is none, an iq without id), or null.</summary>
    public StanzaErrorCondition? Defect { get; init; }

    /// <summary>The value of the type attribute, or null where it is left out.</summary>
    public abstract string? TypeName { get; }

    /// <summary>"message", "presence" or "iq".</summary>
    public abstract string Kind { get; }

    /// <summary>Whether this is of type error.</summary>
    public abstract bool IsError { get; }

    /// <summary>The stanza that answers this one with an error (RFC 6120 §8.3), addresses swapped.</summary>
    public abstract Stanza ToError(StanzaError error);

    /// <summary>Writes the stanza; with <paramref name="xmlns"/> the start tag declares jabber:client (RFC 7395 §3.3.2, forwarding).</summary>
    public void WriteTo(IBufferWriter<byte> output, bool xmlns = false) => throw new NotImplementedException();

    /// <summary>The stanza as XML text.</summary>
    public sealed override string ToString() => throw new NotImplementedException();
}

/// <summary>message (RFC 6121 §5).</summary>
public sealed record Message : Stanza
{
    public MessageType Type { get; init; } = MessageType.Normal;
    public override string? TypeName => throw new NotImplementedException();
    public override string Kind => "message";
    public override bool IsError => Type == MessageType.Error;
    public override Stanza ToError(StanzaError error) => throw new NotImplementedException();
}

/// <summary>presence (RFC 6121 §4).</summary>
public sealed record Presence : Stanza
{
    public PresenceType Type { get; init; } = PresenceType.Available;
    public override string? TypeName => throw new NotImplementedException();
    public override string Kind => "presence";
    public override bool IsError => Type == PresenceType.Error;
    public override Stanza ToError(StanzaError error) => throw new NotImplementedException();
}

/// <summary>iq (RFC 6120 §8.2.3).</summary>
public sealed record Iq : Stanza
{
    public IqType Type { get; init; }
    public override string? TypeName => throw new NotImplementedException();
    public override string Kind => "iq";
    public override bool IsError => Type == IqType.Error;
    public override Stanza ToError(StanzaError error) => throw new NotImplementedException();

    /// <summary>The result that answers this request.</summary>
    public Iq ToResult(Element? payload = null) => throw new NotImplementedException();
}

/// <summary>An unknown or missing type means normal (RFC 6121 §5.2.2).</summary>
public enum MessageType { Normal, Chat, Groupchat, Headline, Error }

public enum PresenceType { Available, Unavailable, Subscribe, Subscribed, Unsubscribe, Unsubscribed, Probe, Error }

public enum IqType { Get, Set, Result, Error }
