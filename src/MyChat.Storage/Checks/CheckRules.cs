using MyChat.Storage.Schema;

namespace MyChat.Storage.Checks;

/// <summary>What is true of every sound database, in the order in which it is mended: what is missing first, then what refers to it.</summary>
internal static class CheckRules
{
    // One row for both logs: each side that the message names has its entry, and each entry is of a side that it names.
    private const string Size = "SELECT coalesce(sum(length(message.stanza)),0) FROM mailbox JOIN message ON message.id=mailbox.id "
        + "WHERE mailbox.account=account.id";

    // Later messages get their entries when they are filed.
    private const string IsFiled = $"id<=(SELECT coalesce(max(value),0) FROM meta WHERE name='{MetaRow.Filed}')";

    public static IReadOnlyList<CheckRule> All() =>
    [
        .. new[] { ("credential", "keys of passwords"), ("roster", "contacts"), ("document", "documents"), ("node", "nodes") }.Select(table => new RowRule(
            $"{table.Item1}-without-account", $"{table.Item2} of accounts that are gone", table.Item1,
            $"NOT EXISTS (SELECT 1 FROM account WHERE account.id={table.Item1}.account AND account.localpart IS NOT NULL)")),
        new RowRule("item-without-node", "published items of nodes that are gone", "node_item",
            "NOT EXISTS (SELECT 1 FROM node WHERE node.id=node_item.node)"),
        new RowRule("entry-without-account", "entries of mailboxes of accounts that are gone", "mailbox",
            "NOT EXISTS (SELECT 1 FROM account WHERE account.id=mailbox.account)"),
        new RowRule("entry-without-message", "entries of mailboxes whose message is missing", "mailbox",
            "NOT EXISTS (SELECT 1 FROM message WHERE message.id=mailbox.id)"),
        new UnclaimedEntries(),
        new RowRule("settled-transient", "entries that were to go once they were delivered, and did not", "mailbox",
            "flags>=4 AND id<=(SELECT account.delivered FROM account WHERE account.id=mailbox.account)"),
        new RowRule("sender-without-entry", "messages that say they are in their sender's mailbox, and are not", "message",
            $"sender<>0 AND {IsFiled} AND NOT EXISTS (SELECT 1 FROM mailbox WHERE mailbox.account=message.sender AND mailbox.id=message.id)", "sender=0"),
        new RowRule("recipient-without-entry", "messages that say they are in their recipient's mailbox, and are not", "message",
            $"recipient<>0 AND {IsFiled} AND NOT EXISTS (SELECT 1 FROM mailbox WHERE mailbox.account=message.recipient AND mailbox.id=message.id)", "recipient=0"),
        new RowRule("message-of-nobody", "messages that are in nobody's mailbox", "message", "sender=0 AND recipient=0"),
        new MessageIds(),
        new AccountIds(),
        new Cursors(),
        new UnreadableContacts(),
        new RowRule("mailbox-bytes", "accounts whose mailbox is of another size than they remember", "account",
            $"localpart IS NOT NULL AND mailbox_bytes<>({Size})", $"mailbox_bytes=({Size})", isNote: true),
    ];
}
