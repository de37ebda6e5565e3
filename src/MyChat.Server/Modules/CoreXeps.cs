namespace MyChat.Server.Modules;

/// <summary>A XEP that the server implements without a module, and the version of it that was read.</summary>
/// <param name="Note">Where it is, and what is left out or particular.</param>
public sealed record CoreXep(int Number, string Version, string Note);

/// <summary>What the core itself does, beside <see cref="ModuleTable.Xeps"/>; for docs/xeps.md.</summary>
public static class CoreXeps
{
    public static IReadOnlyList<CoreXep> All { get; } =
    [
        new(85, "2.1", "Chat states reach whoever is there; one that stands alone is never stored."),
        new(156, "1.4.0", "/.well-known/host-meta and host-meta.json name the WebSocket."),
        new(184, "1.4.0", "Receipts are stored and delivered like messages."),
        new(198, "1.6.3", "With resumption; h counts what is committed or refused."),
        new(203, "2.0", "On everything that is read back from the log."),
        new(297, "1.0", "Written by carbons; never interpreted when a client sends it."),
        new(333, "1.0.0", "Markers are stored and delivered like messages."),
        new(368, "1.1.0", "Direct TLS; the DNS records are the operator's."),
        new(380, "0.4.0", "What is marked as encrypted is stored though it has no body."),
        new(384, "0.9.1", "Encrypted content is stored though it has no body."),
        new(440, "1.0.0", "Told with the mechanisms, inside TLS."),
    ];
}
