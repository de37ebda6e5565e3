using System.Diagnostics.CodeAnalysis;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>What is kept of conversations with those who are on no list (XEP-0441 §2.1.1).</summary>
public enum ArchiveDefault
{
    Always,
    Never,
    /// <summary>What is said with contacts of the roster.</summary>
    Roster,
}

/// <summary>XEP-0441: Message Archive Management Preferences: which conversations a user's archive keeps; pure.</summary>
public sealed class ArchivePreferences(ArchiveDefault fallback, IReadOnlyList<Jid> always, IReadOnlyList<Jid> never)
{
    /// <summary>Addresses that the two lists may hold together.</summary>
    public const int MostAddresses = 1000;

    public static readonly XName Prefs = new(MessageArchive.Ns, "prefs");
    private static readonly XName AlwaysElement = new(MessageArchive.Ns, "always");
    private static readonly XName NeverElement = new(MessageArchive.Ns, "never");
    private static readonly XName JidElement = new(MessageArchive.Ns, "jid");

    private readonly HashSet<Jid> _always = [.. always];
    private readonly HashSet<Jid> _never = [.. never];

    public ArchivePreferences(ArchiveDefault fallback) : this(fallback, [], []) { }

    /// <summary>What is kept of who is on neither list.</summary>
    public ArchiveDefault Default => fallback;

    public IReadOnlyList<Jid> Always => always;
    public IReadOnlyList<Jid> Never => never;

    /// <summary>Whether a message is kept that is from, or for, this address (§2.3). Who is on both lists is kept out: that loses nothing that was to stay secret.</summary>
    /// <param name="isContact">Whether its bare address is in the roster.</param>
    public bool Keeps(Jid peer, bool isContact)
    {
        if (_never.Contains(peer) || _never.Contains(peer.Bare))
        {
            return false;
        }
        return _always.Contains(peer) || _always.Contains(peer.Bare) || Default == ArchiveDefault.Always || (Default == ArchiveDefault.Roster && isContact);
    }

    /// <summary>Reads a <c>&lt;prefs/&gt;</c>; false with the error to answer.</summary>
    public static bool TryRead(Element prefs, [NotNullWhen(true)] out ArchivePreferences? preferences, [NotNullWhen(false)] out StanzaError? error)
    {
        (preferences, error) = (null, null);
        var always = ReadList(prefs.Child(AlwaysElement));
        var never = ReadList(prefs.Child(NeverElement));
        if (always is null || never is null)
        {
            error = new StanzaError(StanzaErrorCondition.JidMalformed, "The lists hold addresses.");
        }
        else if (always.Count + never.Count > MostAddresses)
        {
            error = new StanzaError(StanzaErrorCondition.NotAllowed, $"The lists hold at most {MostAddresses} addresses.");
        }
        else if (ReadDefault(prefs["default"]) is { } fallback)
        {
            preferences = new ArchivePreferences(fallback, always, never);
            return true;
        }
        error ??= new StanzaError(StanzaErrorCondition.BadRequest, "The default is always, never or roster.");
        return false;
    }

    /// <summary>The element that says this.</summary>
    public Element ToElement() => new(
        Prefs,
        ("default", Default.ToString().ToLowerInvariant()),
        new Element(AlwaysElement, Always.Select(jid => new Element(JidElement, jid.ToString()))),
        new Element(NeverElement, Never.Select(jid => new Element(JidElement, jid.ToString()))));

    private static ArchiveDefault? ReadDefault(string? text) => text switch
    {
        "always" => ArchiveDefault.Always,
        "never" => ArchiveDefault.Never,
        "roster" => ArchiveDefault.Roster,
        _ => null,
    };

    private static List<Jid>? ReadList(Element? list)
    {
        var jids = new List<Jid>();
        foreach (var element in list?.Children(JidElement) ?? [])
        {
            if (!Jid.TryParse(element.Text, out var jid))
            {
                return null;
            }
            if (!jids.Contains(jid) && jids.Count <= MostAddresses)
            {
                jids.Add(jid);
            }
        }
        return jids;
    }
}
