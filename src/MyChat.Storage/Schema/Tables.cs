using LinqToDB.Mapping;

namespace MyChat.Storage.Schema;

/// <summary>An account. One without a name is being deleted: nobody finds it any more, and its mailbox is being cleared.</summary>
[Table("account")]
internal sealed class AccountRow
{
    [Column("id"), PrimaryKey, Identity] public long Id { get; set; }
    [Column("localpart")] public string? Localpart { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    [Column("created")] public long Created { get; set; }

    [Column("roster_version")] public long RosterVersion { get; set; }
    [Column("delivered")] public long Delivered { get; set; }
    [Column("settled_above")] public byte[] SettledAbove { get; set; } = [];
    [Column("mailbox_bytes")] public long MailboxBytes { get; set; }
    [Column("nickname")] public string? Nickname { get; set; }
    [Column("full_name")] public string? FullName { get; set; }
    [Column("hidden")] public bool Hidden { get; set; }

    /// <summary>Localpart, nickname and full name, folded, one per line.</summary>
    [Column("search")] public string Search { get; set; } = "";
}

[Table("credential")]
internal sealed class CredentialRow
{
    [Column("account"), PrimaryKey(0)] public long Account { get; set; }
    [Column("hash"), PrimaryKey(1)] public string Hash { get; set; } = "";
    [Column("salt")] public byte[] Salt { get; set; } = [];
    [Column("iterations")] public int Iterations { get; set; }
    [Column("stored_key")] public byte[] StoredKey { get; set; } = [];
    [Column("server_key")] public byte[] ServerKey { get; set; } = [];
}

[Table("roster")]
internal sealed class RosterRow
{
    [Column("account"), PrimaryKey(0)] public long Account { get; set; }
    [Column("jid"), PrimaryKey(1)] public string Jid { get; set; } = "";
    [Column("name")] public string? Name { get; set; }

    /// <summary>A JSON array of strings.</summary>
    [Column("group_names")] public string GroupNames { get; set; } = "[]";

    [Column("state")] public int State { get; set; }
    [Column("listed")] public bool Listed { get; set; }
    [Column("request")] public byte[]? Request { get; set; }
}

[Table("document")]
internal sealed class DocumentRow
{
    [Column("account"), PrimaryKey(0)] public long Account { get; set; }
    [Column("kind"), PrimaryKey(1)] public string Kind { get; set; } = "";
    [Column("name"), PrimaryKey(2)] public string Name { get; set; } = "";
    [Column("content")] public byte[] Content { get; set; } = [];
}

/// <summary>A node of an account (XEP-0060).</summary>
[Table("node")]
internal sealed class NodeRow
{
    [Column("id"), PrimaryKey, Identity] public long Id { get; set; }
    [Column("account")] public long Account { get; set; }
    [Column("name")] public string Name { get; set; } = "";

    /// <summary>A <see cref="Xmpp.Xeps.NodeAccess"/>.</summary>
    [Column("access")] public int Access { get; set; }

    [Column("persist")] public bool Persist { get; set; }

    /// <summary>Null is as many as the server allows.</summary>
    [Column("max_items")] public int? MaxItems { get; set; }

    /// <summary>A <see cref="Xmpp.Xeps.SendLastItem"/>.</summary>
    [Column("send_last")] public int SendLast { get; set; }

    [Column("notify_retract")] public bool NotifyRetract { get; set; }
    [Column("notify_delete")] public bool NotifyDelete { get; set; }

    /// <summary>What the items take up together.</summary>
    [Column("bytes")] public long Bytes { get; set; }
}

/// <summary>What is published at a node.</summary>
[Table("node_item")]
internal sealed class NodeItemRow
{
    [Column("node"), PrimaryKey(0)] public long Node { get; set; }
    [Column("name"), PrimaryKey(1)] public string Name { get; set; } = "";

    /// <summary>Its place in the order of publication at its node.</summary>
    [Column("place")] public long Place { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    [Column("published")] public long Published { get; set; }

    [Column("bytes")] public int Bytes { get; set; }
    [Column("payload")] public byte[] Payload { get; set; } = [];
}

[Table("secret")]
internal sealed class SecretRow
{
    [Column("name"), PrimaryKey] public string Name { get; set; } = "";
    [Column("value")] public byte[] Value { get; set; } = [];
}

[Table("meta")]
internal sealed class MetaRow
{
    /// <summary>No message id above this one has been given.</summary>
    public const string ReservedIds = "message.reserved";

    /// <summary>The number of the last batch of the writer that stored no message.</summary>
    public const string LastBatch = "writer.batch";

    /// <summary>All messages up to this id are filed in the mailboxes; of the later ones the message's own row tells where they belong.</summary>
    public const string Filed = "mailbox.filed";

    /// <summary>Present while a restore or a move fills the database; which one its value tells.</summary>
    public const string Unfinished = "transfer.unfinished";

    [Column("name"), PrimaryKey] public string Name { get; set; } = "";
    [Column("value")] public long Value { get; set; }
}

/// <summary>A message: one row for both logs. <see cref="Sender"/> and <see cref="Recipient"/> are 0 when that side does not hold it.</summary>
[Table("message")]
internal sealed class MessageRow
{
    [Column("id"), PrimaryKey] public long Id { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    [Column("stamp")] public long Stamp { get; set; }

    [Column("sender")] public long Sender { get; set; }
    [Column("recipient")] public long Recipient { get; set; }
    [Column("stanza")] public byte[] Stanza { get; set; } = [];

    /// <summary>The entries to be made of it, as flags of a <see cref="MailboxRow"/>.</summary>
    [Column("flags")] public int Flags { get; set; }

    /// <summary>The <see cref="MailboxRow.Sender"/> of its received entry.</summary>
    [Column("origin")] public long Origin { get; set; }

    /// <summary>The <see cref="MailboxRow.Peer"/> of its received entry.</summary>
    [Column("sender_key")] public long SenderKey { get; set; }

    /// <summary>The <see cref="MailboxRow.Peer"/> of its sent entry.</summary>
    [Column("recipient_key")] public long RecipientKey { get; set; }
}

/// <summary>An entry of an account's log.</summary>
[Table("mailbox")]
internal sealed class MailboxRow
{
    public const int Received = 1;
    public const int Sent = 2;
    public const int Transient = 4;

    [Column("account"), PrimaryKey(0)] public long Account { get; set; }
    [Column("id"), PrimaryKey(1)] public long Id { get; set; }
    [Column("flags")] public int Flags { get; set; }

    /// <summary>Who sent a received entry, also when the sender's own log does not hold it; an id, perhaps of an account that is gone.</summary>
    [Column("sender")] public long Sender { get; set; }

    /// <summary>Who sent a received entry, whom a sent one is for, by address (<see cref="Server.Mailboxes.PeerKeys"/>); indexed.</summary>
    [Column("peer")] public long Peer { get; set; }
}
