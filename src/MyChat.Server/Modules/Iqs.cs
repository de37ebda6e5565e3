using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Server.Streams;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Modules;

/// <summary>Whom a request is for.</summary>
[Flags]
public enum IqTargets
{
    /// <summary>The sender's own account: no address, or the own bare JID (RFC 6120 §10.3.3).</summary>
    Self = 1,
    /// <summary>The server: its domain.</summary>
    Server = 2,
    /// <summary>Somebody else's account, on whose behalf the server answers (RFC 6121 §8.5.2.1.3).</summary>
    Contact = 4,
    /// <summary>
    /// An address at this server that nobody registered. Where no handler is declared the answer is service-unavailable (RFC 6121 §8.5.1);
    /// a handler is for requests whose refusal would else tell which addresses are somebody's.
    /// </summary>
    Nobody = 8,
}

/// <summary>A request that came to its one answerer.</summary>
/// <param name="Account">The account that it runs in: the sender's own, or with <see cref="IqTargets.Contact"/> and <see cref="IqTargets.Nobody"/> the one addressed.</param>
/// <param name="Session">The session that sent it, when it belongs to <paramref name="Account"/>.</param>
public sealed record IqRequest(XmppServer Server, Iq Iq, IqTargets Target, Account Account, Session? Session)
{
    /// <summary>The one child of the request.</summary>
    public Element Payload => Iq.Payload.Elements[0];

    public FullJid From => (FullJid)Iq.From!;
}

/// <summary>The answer to a request: a payload, nothing, or an error. It converts from each.</summary>
public readonly struct IqReply
{
    public static IqReply Empty => default;

    public Element? Payload { get; private init; }
    public StanzaError? Error { get; private init; }

    /// <summary>Entries of the account's log that are given to the asker before the answer, in a form.</summary>
    internal IReadOnlyList<MailboxEntry> Entries { get => field ?? []; private init; }

    internal EntryForm? Form { get; private init; }

    public static implicit operator IqReply(Element payload) => FromElement(payload);

    public static implicit operator IqReply(StanzaError error) => FromStanzaError(error);

    public static IqReply FromElement(Element payload) => new() { Payload = payload };

    public static IqReply FromStanzaError(StanzaError error) => new() { Error = error };

    /// <summary>An answer that follows entries of the account's log; for <see cref="ModuleBuilder.OnQuery"/>.</summary>
    public static IqReply After(IReadOnlyList<MailboxEntry> entries, EntryForm form, Element payload) =>
        new() { Payload = payload, Entries = entries, Form = form };

    /// <summary>The stanza that carries this answer.</summary>
    public Stanza To(Iq request) => Error is null ? request.ToResult(Payload) : request.ToError(Error);
}

public delegate ValueTask<IqReply> IqHandler(IqRequest request, CancellationToken cancellation);

/// <summary>Answers a request of somebody who has not logged in.</summary>
public delegate ValueTask<IqReply> StrangerIqHandler(ClientStream stream, Iq iq, CancellationToken cancellation);

/// <summary>Lists what an account has for service discovery; see <see cref="ModuleBuilder.AccountItems"/>.</summary>
public delegate ValueTask<IReadOnlyList<Element>?> AccountItems(IqRequest request, string? node, CancellationToken cancellation);

/// <summary>Describes a node of an account for service discovery; see <see cref="ModuleBuilder.AccountNode"/>.</summary>
public delegate ValueTask<Element?> AccountNode(IqRequest request, string node, CancellationToken cancellation);
