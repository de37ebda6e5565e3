using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using MyChat.Bench.Measuring;

namespace MyChat.Bench.Sessions;

/// <summary>
/// The messages from one account to another, each with its number and a text of its own, written by the one side and checked at the other:
/// loss, duplicates, order, sender, content.
/// </summary>
internal sealed class Flow
{
    // Escaped characters and such of two, three and four bytes: what mangles text is seen.
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(" it was the nightingale &amp; not the lark, ça &lt;夜莺&gt; 🌙 ");

    private static readonly byte[] Filler = [.. Enumerable.Repeat((byte)'x', 65_536)];

    private readonly Lock _gate = new();
    private readonly byte[] _head;
    private readonly byte[] _mark;
    private readonly byte[] _run;
    private readonly byte[] _sender;
    private readonly int _filler;
    private readonly byte[] _scratch;
    private readonly HashSet<long> _missing = [];
    private readonly long[] _sentAt;
    private long _highest;
    private long _sent;
    private long _received;
    private bool _stopped;

    /// <param name="run">Tells the messages of this run from those that an earlier one left behind.</param>
    /// <param name="outstanding">The most that are under way when <see cref="Latency"/> is taken from the time of sending.</param>
    /// <param name="bytes">How long a body is at least.</param>
    public Flow(string run, int index, string sender, string recipient, int outstanding = 1, int bytes = 0)
    {
        _sender = Encoding.UTF8.GetBytes(sender);
        _run = Encoding.UTF8.GetBytes(run);
        _mark = Encoding.UTF8.GetBytes($"{run}-{index} ");
        _head = Encoding.UTF8.GetBytes($"<message to='{recipient}' type='chat' id='{run}-{index}-");
        _filler = Math.Clamp(bytes - Text.Length - _mark.Length, 0, Filler.Length);
        _scratch = new byte[_head.Length + _mark.Length + Text.Length + _filler + 128];
        _sentAt = new long[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)outstanding)];
    }

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Different messages received.</summary>
    public long Received => Interlocked.Read(ref _received);

    public long Duplicates { get; private set; }

    /// <summary>Messages that came after a later one.</summary>
    public long Disordered { get; private set; }

    /// <summary>Messages with another text or sender than they were sent with.</summary>
    public long Altered { get; private set; }

    /// <summary>Messages that came back.</summary>
    public long Errors { get; private set; }

    /// <summary>Where each message's time goes, from when it was sent or, with <see cref="DueAt"/>, from when it should have been.</summary>
    public Histogram? Latency { get; set; }

    /// <summary>When the message of a number is due, as a time stamp of <see cref="Stopwatch"/>.</summary>
    public Func<long, long>? DueAt { get; set; }

    /// <summary>Posts the next message, unless the flow is stopped; the caller flushes.</summary>
    public void Post(Session session)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }
            var number = _sent + 1;
            var length = 0;
            Append(_head);
            AppendNumber();
            Append("'><body>"u8);
            Append(_mark);
            AppendNumber();
            Append(Text);
            Append(Filler.AsSpan(0, _filler));
            AppendNumber();
            Append("</body></message>"u8);
            _sentAt[number & (_sentAt.Length - 1)] = Stopwatch.GetTimestamp();
            Interlocked.Exchange(ref _sent, number);
            session.Post(_scratch.AsSpan(0, length));

            void Append(ReadOnlySpan<byte> bytes)
            {
                bytes.CopyTo(_scratch.AsSpan(length));
                length += bytes.Length;
            }

            void AppendNumber()
            {
                Utf8Formatter.TryFormat(number, _scratch.AsSpan(length), out var written);
                length += written;
            }
        }
    }

    /// <summary>No more is sent: what counts as sent is sent.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }
    }

    /// <summary>Looks at what the recipient received; true when it was the next message of this flow, or at least a new one.</summary>
    public bool Take(ReadOnlySpan<byte> stanza)
    {
        var at = stanza.IndexOf(_mark);
        if (at < 0)
        {
            // Of this run, but not for this recipient; or of an earlier one, and then nobody's.
            Altered += stanza.IndexOf(_run) >= 0 ? 1 : 0;
            return false;
        }
        var rest = stanza[(at + _mark.Length)..];
        if (!Utf8Parser.TryParse(rest, out long number, out var digits))
        {
            Altered++;
            return false;
        }
        if (!IsText(rest[digits..], number) || !Scan.From(stanza).StartsWith(_sender))
        {
            Altered++;
        }
        return Count(number);
    }

    /// <summary>Counts a message that came back; true when it was one.</summary>
    public bool TakeError(ReadOnlySpan<byte> stanza)
    {
        var tag = Scan.StartTag(stanza);
        if (tag.IndexOf("error"u8) < 0 || !Scan.Type(tag).SequenceEqual("error"u8))
        {
            return false;
        }
        Errors++;
        return true;
    }

    // The text, what fills it up, and the number again, to the end.
    private bool IsText(ReadOnlySpan<byte> text, long number)
    {
        var end = text.Length > Text.Length + _filler ? text[(Text.Length + _filler)..] : default;
        return text.StartsWith(Text) && text[Text.Length..].StartsWith(Filler.AsSpan(0, _filler))
            && Utf8Parser.TryParse(end, out long again, out var digits) && again == number && end[digits..].StartsWith("</body>"u8);
    }

    private bool Count(long number)
    {
        if (number == _highest + 1)
        {
            _highest = number;
        }
        else if (number > _highest)
        {
            for (var skipped = _highest + 1; skipped < number; skipped++)
            {
                _missing.Add(skipped);
            }
            _highest = number;
        }
        else if (_missing.Remove(number))
        {
            Disordered++;
        }
        else
        {
            Duplicates++;
            return false;
        }
        Interlocked.Increment(ref _received);
        Latency?.Add(Stopwatch.GetTimestamp() - (DueAt is { } due ? due(number) : _sentAt[number & (_sentAt.Length - 1)]));
        return true;
    }
}
