using System.Text;
using System.Text.RegularExpressions;
using MyChat.EndToEnd.Traces;

namespace MyChat.EndToEnd.Databases;

/// <summary>
/// From the system calls of a server: when the answer to the COMMIT of each message had come from the database, and whether the server said something
/// about the message before.
/// </summary>
internal sealed partial class CommitOrder
{
    /// <summary>What it must see, beside <see cref="Outgoing.Calls"/>.</summary>
    public static readonly IReadOnlyList<string> Calls = ["read", "readv", "recvfrom", "recvmsg"];

    private static readonly byte[] Commit = "COMMIT"u8.ToArray();

    // PostgreSQL's answer names what was done; a COMMIT that was prepared shows there only.
    private static readonly byte[] Committed = "COMMIT\0"u8.ToArray();

    private readonly Dictionary<string, Link> _links = [];
    private readonly Dictionary<string, long> _committed = [];

    public CommitOrder(IReadOnlyList<SystemCall> calls, string provider)
    {
        foreach (var call in calls.Where(call => Outgoing.IsSocket(call) && call.Succeeded))
        {
            if (!_links.TryGetValue(call.File, out var link))
            {
                _links.Add(call.File, link = new Link());
            }
            if (Calls.Contains(call.Name))
            {
                Answer(link, call, provider);
            }
            else
            {
                Ask(link, call);
            }
        }
        Said = [.. Outgoing.Read(calls)];
    }

    /// <summary>How many answers to COMMITs came for messages.</summary>
    public int Commits { get; private set; }

    /// <summary>All that clients got to know.</summary>
    public IReadOnlyList<Said> Said { get; }

    /// <summary>What clients got to know of messages whose COMMIT was not answered yet.</summary>
    /// <param name="sent">By sender, the bodies in the order in which they were sent on its only stream.</param>
    public IEnumerable<string> Violations(IReadOnlyDictionary<string, List<string>> sent)
    {
        foreach (var delivery in Said.OfType<Delivered>().Where(delivery => !IsCommitted(delivery.Body, delivery.Place)))
        {
            yield return $"delivered at {delivery.Place}, {When(delivery.Body)}: '{delivery.Body}'";
        }
        foreach (var answers in Said.OfType<Acknowledged>().Where(answer => sent.ContainsKey(answer.User)).GroupBy(answer => answer.User))
        {
            var known = 0;
            foreach (var answer in answers)
            {
                for (; known < answer.Count; known++)
                {
                    var body = sent[answers.Key][known];
                    if (!IsCommitted(body, answer.Place))
                    {
                        yield return $"acknowledged at {answer.Place}, {When(body)}: '{body}'";
                    }
                }
            }
        }
    }

    private bool IsCommitted(string body, long place) => _committed.TryGetValue(body, out var committed) && committed < place;

    private string When(string body) => _committed.TryGetValue(body, out var place) ? $"committed at {place}" : "never committed";

    private static void Ask(Link link, SystemCall call)
    {
        link.Asked.Append(Encoding.Latin1.GetString(call.Data.Span));
        link.AskedToCommit = call.Data.Span.IndexOf(Commit) >= 0;
    }

    private void Answer(Link link, SystemCall call, string provider)
    {
        // One thread asks and waits for the answer: what comes next answers what was asked last.
        var isCommitted = provider == "postgres" ? call.Data.Span.IndexOf(Committed) >= 0 : link.AskedToCommit && call.Result > 0;
        if (!isCommitted)
        {
            return;
        }
        link.AskedToCommit = false;
        foreach (Match message in Body().Matches(link.Asked.ToString()))
        {
            _committed.TryAdd(message.Groups[1].Value, call.Left);
        }
        Commits += link.Asked.Length > 0 ? 1 : 0;
        link.Asked.Clear();
    }

    [GeneratedRegex("<body>([^<]*)</body>")]
    private static partial Regex Body();

    /// <summary>One socket, to a database or not.</summary>
    private sealed class Link
    {
        /// <summary>What was written since the last COMMIT.</summary>
        public StringBuilder Asked { get; } = new();

        public bool AskedToCommit { get; set; }
    }
}
