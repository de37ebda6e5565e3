using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Server.Routing;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Modules;

/// <summary>Which side of a stanza an account is on.</summary>
public enum Direction
{
    /// <summary>The account sends it.</summary>
    Outbound,
    /// <summary>The account receives it.</summary>
    Inbound,
}

/// <summary>The stages that a message passes, in order; docs/routing.md is the whole story.</summary>
public enum MessageStage
{
    /// <summary>Sender's side: strip what is forged, stamp what is missing.</summary>
    Mark,
    /// <summary>Recipient's side, after the guards: change what is stored for whom.</summary>
    Decide,
    /// <summary>Either side, after the commit: give copies to other sessions.</summary>
    Copy,
    /// <summary>Recipient's side: no session took it.</summary>
    Undelivered,
}

/// <summary>Handles a message at its stage, in the account of that side.</summary>
public delegate void MessageHandler(MessageTransit message);

/// <summary>
/// Refuses a stanza between this account and <paramref name="other"/>, or lets it pass with null. Outbound the sender gets the error; inbound
/// the sender gets it for a message or a request, and presence is dropped.
/// </summary>
public delegate StanzaError? StanzaGuard(Account account, Jid other, Stanza stanza);

/// <summary>What somebody else says, about to be written to a session.</summary>
/// <param name="Stanza">Null for a stored message, which cannot be held back.</param>
/// <param name="Form">How it is shown: as it is, or wrapped.</param>
public readonly record struct Forwarding(Stanza? Stanza, EntryForm Form);

/// <summary>Looks at what is about to be written to a session; false holds it back: the module gives it to <see cref="Session.Release"/> later, or not.</summary>
public delegate bool ForwardFilter(Session session, Forwarding forwarding);

/// <summary>Handles an element that is no stanza, on a bound stream.</summary>
public delegate void NonzaHandler(Session session, Element nonza);
