using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Accounts;

/// <summary>
/// Something that a session was, or is to be, given: a stanza; a message in a form, stored (by id, its bytes are in the log) or not; or the
/// mark of a question whose answer proves all before it.
/// </summary>
internal readonly struct Outgoing
{
    /// <summary>Without what it carries: this, and the object of its stanza with an address or two.</summary>
    private const int OwnBytes = 250;

    private Outgoing(Stanza? stanza, EntryForm? form, long id, ReadOnlyMemory<byte> bytes, int proof, bool isRecalled = false)
    {
        (Stanza, Form, Id, Bytes, Proof, IsRecalled) = (stanza, form, id, bytes, proof, isRecalled);
    }

    public Stanza? Stanza { get; }
    public EntryForm? Form { get; }

    /// <summary>The entry's id, 0 when nothing is stored.</summary>
    public long Id { get; }

    /// <summary>The message of a form that is not stored.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The number of the question, 0 for everything else.</summary>
    public int Proof { get; }

    public bool IsEntry => Id != 0;

    /// <summary>Whether the client asked for the entry itself (history).</summary>
    public bool IsRecalled { get; }

    /// <summary>About how many bytes it keeps in memory.</summary>
    public int Weight => OwnBytes + Bytes.Length + (Stanza is null ? 0 : Stanza.Payload.Utf8.Length);

    public static Outgoing Of(Stanza stanza) => new(stanza, null, 0, default, 0);

    public static Outgoing Entry(long id, EntryForm form) => new(null, form, id, default, 0);

    public static Outgoing Recalled(long id, EntryForm form) => new(null, form, id, default, 0, isRecalled: true);

    public static Outgoing Unstored(ReadOnlyMemory<byte> bytes, EntryForm form) => new(null, form, 0, bytes, 0);

    public static Outgoing Question(int number) => new(null, null, 0, default, number);
}
