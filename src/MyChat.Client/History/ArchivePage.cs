using MyChat.Client.Conversations;

namespace MyChat.Client.History;

/// <summary>A message as the archive has it.</summary>
/// <param name="Envelope">Its id is the archive's. Null when it is nothing that concerns a conversation.</param>
internal sealed record ArchivedMessage(string Id, Envelope? Envelope);

/// <summary>What a query of the archive asks for (XEP-0313 §4, XEP-0059).</summary>
internal sealed record ArchiveQuery
{
    /// <summary>Only what was exchanged with this contact.</summary>
    public Xmpp.Jids.BareJid? With { get; init; }

    /// <summary>The page before this id, the newest one for the empty text; null with <see cref="After"/>.</summary>
    public string? Before { get; init; }

    /// <summary>The page after this id.</summary>
    public string? After { get; init; }

    public required int Max { get; init; }

    /// <summary>Only what has these words, where the archive can search.</summary>
    public string? Text { get; init; }
}

/// <summary>Consecutive messages of the archive, ascending.</summary>
/// <param name="IsComplete">There is no more in the direction that was asked for.</param>
internal sealed record ArchivePage(IReadOnlyList<ArchivedMessage> Messages, bool IsComplete)
{
    public string? FirstId => Messages is [var first, ..] ? first.Id : null;
    public string? LastId => Messages is [.., var last] ? last.Id : null;

    /// <summary>Those that concern a conversation.</summary>
    public IReadOnlyList<ArchivedMessage> Of(Xmpp.Jids.BareJid contact) =>
        [.. Messages.Where(message => message.Envelope?.Contact.Equals(contact) == true)];

    /// <summary>The same, for all conversations.</summary>
    public IEnumerable<IGrouping<Xmpp.Jids.BareJid, ArchivedMessage>> ByContact() =>
        Messages.Where(message => message.Envelope is not null).GroupBy(message => message.Envelope!.Contact);
}
