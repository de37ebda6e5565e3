using MyChat.Server.Mailboxes;
using MyChat.Server.Streams;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;

namespace MyChat.Server.Accounts;

/// <summary>Writes to a session's connection, as long as there is one and it is not given up.</summary>
internal sealed class SessionOutput(Session session)
{
    /// <summary>Past this many bytes that the socket has not taken, stored messages wait in the log.</summary>
    private const int Bound = 256 * 1024;

    /// <summary>Past this many, the stream ends; it may be resumed.</summary>
    private const int Limit = 4 * 1024 * 1024;

    /// <summary>Whether the stream was ended because its client does not read.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Whether something was written since the last <see cref="Flush"/>.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Whether what can wait must wait.</summary>
    public bool IsFull => session.Stream is not { } stream || stream.Output.Pending > Bound;

    /// <summary>Whether the socket has taken all that was written.</summary>
    public bool IsEmpty => session.Stream is { } stream && stream.Output.Pending == 0;

    /// <summary>A new connection has room, whatever the old one had.</summary>
    public void Reopen() => IsCutOff = false;

    /// <summary>Writes a piece that is no stanza.</summary>
    public void WriteNonza(ReadOnlyMemory<byte> bytes)
    {
        if (Writable() is { } stream)
        {
            stream.Output.Write(bytes);
            HasWritten = true;
        }
    }

    public void Write(Stanza stanza)
    {
        if (Writable() is { } stream)
        {
            stream.Output.Write((stanza, stream.IsFramed), static (output, state) => state.stanza.WriteTo(output, state.IsFramed));
            HasWritten = true;
        }
    }

    /// <summary>Writes a message in a form; <paramref name="id"/> is 0 when it is not stored.</summary>
    public void WriteEntry(long id, ReadOnlyMemory<byte> bytes, EntryForm form, DateTimeOffset? since)
    {
        if (Writable() is not { } stream)
        {
            return;
        }
        var stanzaId = id == 0 ? null : session.Server.EntryIds.Encode(session.Account.Id, id);
        var view = new EntryView(bytes, stanzaId, session.Account.Jid, session.Jid, since);
        stream.Output.Write((form, view, stream.IsFramed), static (output, state) => state.form.Write(output, state.view, state.IsFramed));
        HasWritten = true;
    }

    /// <summary>Sends what was written.</summary>
    public void Flush()
    {
        HasWritten = false;
        session.Stream?.Output.Flush();
    }

    // One turn may answer thousands of small requests with something large: past the limit nothing more is written to this stream, for else
    // that would have to be kept until the stream is gone. What is owed goes out when the client resumes.
    private ClientStream? Writable()
    {
        if (session.Stream is not { } stream || IsCutOff)
        {
            return null;
        }
        if (stream.Output.Pending > Limit)
        {
            IsCutOff = true;
            stream.End(new StreamError(StreamErrorCondition.ResourceConstraint, "The client does not read."), resumable: true);
            return null;
        }
        return stream;
    }
}
