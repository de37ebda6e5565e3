using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MyChat.EndToEnd.Traces;

/// <summary>Something that the server let a client know.</summary>
/// <param name="Place">When it began to leave, in the order of the trace.</param>
internal abstract record Said(long Place);

/// <summary>Of what this user sent on the present stream so many stanzas are handled (XEP-0198).</summary>
internal sealed record Acknowledged(long Place, string User, int Count) : Said(Place);

/// <summary>A message with this body.</summary>
internal sealed record Delivered(long Place, string Body) : Said(Place);

/// <summary>Reads along what a server writes to its clients, from its system calls: streams without TLS, on sockets.</summary>
internal sealed partial class Outgoing
{
    /// <summary>What <see cref="Read"/> must see.</summary>
    public static readonly IReadOnlyList<string> Calls = ["write", "writev", "sendto", "sendmsg"];

    private const int LongestElement = 4096;
    private readonly Dictionary<string, Stream> _streams = [];

    public static bool IsSocket(SystemCall call) => call.File.StartsWith("socket:", StringComparison.Ordinal);

    public static IEnumerable<Said> Read(IEnumerable<SystemCall> calls)
    {
        var outgoing = new Outgoing();
        return calls.Where(call => IsSocket(call) && Calls.Contains(call.Name)).SelectMany(outgoing.Read);
    }

    private List<Said> Read(SystemCall call)
    {
        if (!_streams.TryGetValue(call.File, out var stream))
        {
            _streams.Add(call.File, stream = new Stream());
        }
        stream.Text.Append(Encoding.Latin1.GetString(call.Data.Span));
        var said = new List<Said>();
        var read = 0;
        foreach (Match match in Words().Matches(stream.Text.ToString()))
        {
            read = match.Index + match.Length;
            if (match.Groups["features"].Success)
            {
                stream.IsClients = true; // and not one to a database, where there are messages too
            }
            else if (match.Groups["user"] is { Success: true, Value: var user })
            {
                stream.User = user;
            }
            else if (!stream.IsClients)
            {
                continue;
            }
            else if (match.Groups["h"] is { Success: true, ValueSpan: var h })
            {
                said.Add(new Acknowledged(call.Entered, stream.User, int.Parse(h, CultureInfo.InvariantCulture)));
            }
            else
            {
                said.Add(new Delivered(call.Entered, match.Groups["body"].Value));
            }
        }
        // What is not complete yet is completed by the next call.
        stream.Text.Remove(0, Math.Max(read, stream.Text.Length - LongestElement));
        return said;
    }

    [GeneratedRegex("""(?<features><stream:features)|<jid>(?<user>[^@<]+)@|<a [^>]*?h=['"](?<h>\d+)['"][^>]*>|<body>(?<body>[^<]*)</body>""")]
    private static partial Regex Words();

    private sealed class Stream
    {
        public StringBuilder Text { get; } = new();
        public bool IsClients { get; set; }
        public string User { get; set; } = "";
    }
}
