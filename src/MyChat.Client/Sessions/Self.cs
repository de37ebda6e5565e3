using MyChat.Client.Roster;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Sessions;

/// <summary>One of the account's connected resources.</summary>
/// <param name="Software">Name and version (XEP-0092), where it tells.</param>
public sealed record Device(FullJid Jid, string? Software, Availability Availability, bool IsThis);

/// <summary>What the user decides for the account; kept in the store and, where marked, on the server.</summary>
public sealed record Preferences
{
    /// <summary>Tell friends when their messages were read (XEP-0333).</summary>
    public bool SendReadMarkers { get; init; } = true;

    /// <summary>Tell friends that the user is typing (XEP-0085).</summary>
    public bool SendTyping { get; init; } = true;

    /// <summary>Tell senders that messages arrived (XEP-0184).</summary>
    public bool SendReceipts { get; init; } = true;

    /// <summary>Others find the user by search. Kept on the server (urn:mychat:directory:0).</summary>
    public bool CanBeFound { get; init; } = true;

    /// <summary>The format that the next message is written in.</summary>
    public Conversations.MessageFormat Format { get; init; } = Conversations.MessageFormat.Plain;

    /// <summary>Show messages in the format that others chose.</summary>
    public bool ShowFormats { get; init; } = true;
}

/// <summary>The user's own side.</summary>
public sealed class Self
{
    private readonly ClientContext _context;

    internal Self(ClientContext context) => _context = context;

    /// <summary>Initial presence (RFC 6121 §4.2), or the same again after it changed.</summary>
    internal ValueTask SendPresenceAsync(CancellationToken cancellationToken) => _context.SendAsync(new Xmpp.Stanzas.Presence(), cancellationToken);

    /// <summary>What friends are told, while connected.</summary>
    public Availability Availability => throw new NotImplementedException();

    /// <summary>The personal signature.</summary>
    public string? Signature => throw new NotImplementedException();

    public string Name => throw new NotImplementedException();
    public string? PictureHash => throw new NotImplementedException();
    public Preferences Preferences => throw new NotImplementedException();

    /// <summary>Chosen by the user; kept over restarts.</summary>
    public Task SetAvailabilityAsync(Availability availability, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Changes the signature: presence at once, and the profile so that friends see it when the user is away.</summary>
    public Task SetSignatureAsync(string? signature, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public Task SetPreferencesAsync(Preferences preferences, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Whether somebody looks at the client (XEP-0352); also lets the host say when the user is idle.</summary>
    public void SetActive(bool active) => throw new NotImplementedException();

    /// <summary>The account's connected resources.</summary>
    public Task<IReadOnlyList<Device>> GetDevicesAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
