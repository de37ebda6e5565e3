using System.Globalization;
using System.Text;
using MyChat.Server.Modules;

namespace MyChat.Modules.Tests;

/// <summary>What docs/xeps.md says: made from the modules that the program loads, and from what the core says of itself.</summary>
internal static class XepList
{
    /// <summary>The XEPs' own titles; a new XEP needs its line here.</summary>
    private static readonly Dictionary<int, string> Titles = new()
    {
        [12] = "Last Activity",
        [30] = "Service Discovery",
        [49] = "Private XML Storage",
        [54] = "vcard-temp",
        [55] = "Jabber Search",
        [59] = "Result Set Management",
        [60] = "Publish-Subscribe",
        [77] = "In-Band Registration",
        [85] = "Chat State Notifications",
        [92] = "Software Version",
        [115] = "Entity Capabilities",
        [128] = "Service Discovery Extensions",
        [153] = "vCard-Based Avatars",
        [156] = "Discovering Alternative XMPP Connection Methods",
        [157] = "Contact Addresses for XMPP Services",
        [160] = "Best Practices for Handling Offline Messages",
        [163] = "Personal Eventing Protocol",
        [184] = "Message Delivery Receipts",
        [191] = "Blocking Command",
        [198] = "Stream Management",
        [199] = "XMPP Ping",
        [202] = "Entity Time",
        [203] = "Delayed Delivery",
        [222] = "Persistent Storage of Public Data via PubSub",
        [223] = "Persistent Storage of Private Data via PubSub",
        [280] = "Message Carbons",
        [297] = "Stanza Forwarding",
        [313] = "Message Archive Management",
        [333] = "Displayed Markers",
        [334] = "Message Processing Hints",
        [352] = "Client State Indication",
        [359] = "Unique and Stable Stanza IDs",
        [368] = "SRV records for XMPP over TLS",
        [380] = "Explicit Message Encryption",
        [384] = "OMEMO Encryption",
        [431] = "Full Text Search in MAM",
        [440] = "SASL Channel-Binding Type Capability",
        [441] = "Message Archive Management Preferences",
        [490] = "Message Displayed Synchronization",
    };

    public static string Write(ModuleTable modules)
    {
        var rows = modules.Xeps
            .Select(entry => (entry.Xep.Number, entry.Xep.Version, Class: $"`{entry.Module.Name}`", entry.Xep.Note))
            .Concat(CoreXeps.All.Select(xep => (xep.Number, xep.Version, Class: "the core", (string?)xep.Note)))
            .OrderBy(row => row.Number);
        var text = new StringBuilder(
            """
            # The extensions that the server knows

            Made from the `[Xep]` attributes of the loaded modules and from `CoreXeps.cs`; do not edit. To write it anew:
            `MYCHAT_UPDATE_DOCS=1 dotnet run --project tests/MyChat.Modules.Tests`. Everything else that the server speaks is in RFC 6120,
            6121, 7395, 7590 and 7622. How to add one: [adding-a-xep.md](adding-a-xep.md).

            | XEP | name | version read | where | note |
            |---|---|---|---|---|

            """);
        foreach (var (number, version, where, note) in rows)
        {
            var title = Titles.TryGetValue(number, out var known) ? known : throw new InvalidOperationException($"Give XEP-{number:0000} its title in {nameof(XepList)}.cs.");
            text.Append(CultureInfo.InvariantCulture, $"| {number:0000} | [{title}](https://xmpp.org/extensions/xep-{number:0000}.html) | {version} | {where} | {note} |\n");
        }
        return text.ToString();
    }
}
