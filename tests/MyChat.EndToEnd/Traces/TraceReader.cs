using System.Globalization;
using System.Text;

namespace MyChat.EndToEnd.Traces;

/// <summary>
/// Understands what <c>strace -f -y -xx</c> writes. A call that another thread's interrupted in the trace comes in two lines, and its places in
/// the order are theirs.
/// </summary>
internal sealed class TraceReader(Func<SystemCall, bool> isWanted)
{
    private const string Unfinished = " <unfinished ...>";
    private const string Resumed = " resumed>";

    private readonly Dictionary<string, (string Text, long Entered)> _begun = [];
    private readonly List<SystemCall> _calls = [];
    private long _place;

    /// <summary>What was wanted of all that was read, in the order in which the calls began. One that never ended has left at the end of time.</summary>
    public IReadOnlyList<SystemCall> Calls()
    {
        foreach (var (text, entered) in _begun.Values)
        {
            Add(text + ") = ?", entered, long.MaxValue);
        }
        _begun.Clear();
        _calls.Sort((one, other) => one.Entered.CompareTo(other.Entered));
        return _calls;
    }

    public void Read(string line)
    {
        _place++;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var thread = line[..space];
        var text = line[space..].TrimStart();
        if (text.EndsWith(Unfinished, StringComparison.Ordinal))
        {
            _begun[thread] = (text[..^Unfinished.Length], _place);
        }
        else if (text.StartsWith("<... ", StringComparison.Ordinal))
        {
            if (_begun.Remove(thread, out var begun))
            {
                Add(begun.Text + text[(text.IndexOf(Resumed, StringComparison.Ordinal) + Resumed.Length)..], begun.Entered, _place);
            }
        }
        else if (char.IsAsciiLetter(text[0]))
        {
            Add(text, _place, _place); // neither a signal nor an exit
        }
    }

    private void Add(string text, long entered, long left)
    {
        var scan = new Scanner(text);
        if (scan.Parse() is { } parsed && parsed with { Entered = entered, Left = left } is var call && isWanted(call))
        {
            _calls.Add(call);
        }
    }

    /// <summary>Goes through the text of one call.</summary>
    private ref struct Scanner(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _at;

        public SystemCall? Parse()
        {
            var name = _text[..Math.Max(0, _text.IndexOf('('))].ToString();
            _at = name.Length + 1;
            var strings = new List<byte[]>();
            var numbers = new List<long>();
            var flags = new StringBuilder();
            string? file = null;
            var depth = 1;
            while (_at < _text.Length && depth > 0)
            {
                switch (_text[_at])
                {
                    case '"':
                        strings.Add(Hex('"'));
                        break;
                    case '<':
                        // The first descriptor is what the call is about; that of the directory which paths are relative to is not.
                        var meant = Hex('>');
                        file ??= Encoding.UTF8.GetString(meant);
                        break;
                    case '(' or ')':
                        depth += _text[_at++] == '(' ? 1 : -1;
                        break;
                    case >= '0' and <= '9' when _text[_at - 1] is ' ' or '=' or '(':
                        Number(numbers);
                        break;
                    default:
                        flags.Append(_text[_at++]);
                        break;
                }
            }
            var equals = _text[Math.Min(_at, _text.Length)..].IndexOf('=');
            if (name.Length == 0 || equals < 0)
            {
                return null;
            }
            _at += equals + 1;
            var result = Result();
            return new SystemCall(name, file ?? "", strings, numbers, result, 0, 0) { Opened = Opened(), Flags = flags.ToString() };
        }

        private void Number(List<long> numbers)
        {
            var first = _at;
            while (_at < _text.Length && char.IsAsciiHexDigit(_text[_at]))
            {
                _at++;
            }
            if (_at < _text.Length && _text[_at] == '<')
            {
                return; // a descriptor
            }
            if (long.TryParse(_text[first.._at], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
        }

        private long Result()
        {
            var rest = _text[_at..].Trim();
            var length = rest.StartsWith("-") ? 1 : 0;
            while (length < rest.Length && char.IsAsciiDigit(rest[length]))
            {
                length++;
            }
            return long.TryParse(rest[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var result) ? result : -1;
        }

        private string Opened()
        {
            var at = _text[_at..].IndexOf('<');
            if (at < 0)
            {
                return "";
            }
            _at += at;
            return Encoding.UTF8.GetString(Hex('>'));
        }

        /// <summary>Reads from the opening sign here to the closing one; past it afterwards.</summary>
        private byte[] Hex(char end)
        {
            var length = _text[(_at + 1)..].IndexOf(end);
            var hex = length < 0 ? [] : _text.Slice(_at + 1, length);
            _at += length < 0 ? 1 : length + 2;
            if (!hex.StartsWith(@"\x"))
            {
                return Encoding.UTF8.GetBytes(hex.ToString());
            }
            var bytes = new byte[hex.Length / 4];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((Digit(hex[(4 * i) + 2]) << 4) | Digit(hex[(4 * i) + 3]));
            }
            return bytes;
        }

        private static int Digit(char digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;
    }
}
