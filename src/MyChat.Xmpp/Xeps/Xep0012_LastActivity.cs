using System.Globalization;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0012: Last Activity: names, and the answer.</summary>
public static class LastActivity
{
    public const string Ns = "jabber:iq:last";
    public static readonly XName Query = new(Ns, "query");

    /// <summary>The answer: whole seconds, never below zero (a clock may be set back), and the status message of the leave-taking.</summary>
    public static Element Since(TimeSpan passed, string? status = null) => new(
        Query, ("seconds", Math.Max(0, (long)passed.TotalSeconds).ToString(CultureInfo.InvariantCulture)), status);

    /// <summary>How long ago, by an answer; false when it does not say.</summary>
    public static bool TryRead(Element query, out TimeSpan passed)
    {
        // Longer than this nobody was away.
        var read = long.TryParse(query["seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < uint.MaxValue;
        passed = read ? TimeSpan.FromSeconds(seconds) : default;
        return read;
    }
}
