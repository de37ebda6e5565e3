using MyChat.Client.Connections;
using MyChat.Client.Profiles;
using MyChat.Client.Roster;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

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
public sealed class Self : IClientPart
{
    private readonly ClientContext _context;
    private readonly SelfAnswers _answers;
    private readonly Devices _devices;
    private volatile Preferences _preferences = new();
    private volatile ClientInfo _info;
    private volatile string? _signature;
    private volatile bool _isActive = true;
    private Availability _availability = Availability.Online;
    private DateTimeOffset _inactiveSince;

    internal Self(ClientContext context)
    {
        _context = context;
        _answers = new SelfAnswers(context);
        _devices = new Devices(context);
        _info = new ClientInfo(context.Options.ClientName, _preferences);
    }

    /// <summary>What friends are told, while connected.</summary>
    public Availability Availability => _availability;

    /// <summary>The personal signature.</summary>
    public string? Signature => _signature;

    /// <summary>The name in the profile, else the localpart.</summary>
    public string Name => _context.Profiles.Own.Name ?? _context.Account.Localpart ?? _context.Account.Domainpart;

    public string? PictureHash => _context.Profiles.Own.Picture?.Hash;

    public Preferences Preferences => _preferences;

    /// <summary>Chosen by the user; kept over restarts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Offline: for that one stops the client.</exception>
    public async Task SetAvailabilityAsync(Availability availability, CancellationToken cancellationToken = default)
    {
        if (availability == Availability.Offline || !Enum.IsDefined(availability))
        {
            throw new ArgumentOutOfRangeException(nameof(availability), availability, "Who is connected is there.");
        }
        await ChangeAsync(() => _availability = availability, cancellationToken).ConfigureAwait(false);
        await TellAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes the signature: presence at once, and the profile so that friends see it when the user is away.</summary>
    /// <exception cref="XmppException">There is no connection, or the server refuses; the signature is as it was.</exception>
    public async Task SetSignatureAsync(string? signature, CancellationToken cancellationToken = default)
    {
        var (before, after) = (_signature, CleanText.Signature(signature));
        _signature = after;
        try
        {
            // Which sends presence, too.
            await _context.Profiles.PublishAsync(_context.Profiles.Own with { Signature = after }, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _signature = before;
            throw;
        }
        await ChangeAsync(() => _signature = after, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="XmppException"><see cref="Preferences.CanBeFound"/> is changed, and the server cannot be told; nothing is changed then.</exception>
    public async Task SetPreferencesAsync(Preferences preferences, CancellationToken cancellationToken = default)
    {
        if (preferences.CanBeFound != _preferences.CanBeFound && _context.ServerHas(PeopleDirectory.Ns))
        {
            await _context.RequestAsync(IqType.Set, PeopleDirectory.Make(hidden: !preferences.CanBeFound), cancellationToken).ConfigureAwait(false);
        }
        var version = _info.Version;
        await ChangeAsync(() => Take(preferences), cancellationToken).ConfigureAwait(false);
        if (_info.Version != version)
        {
            await TellAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether somebody looks at the client (XEP-0352); also lets the host say when the user is idle.</summary>
    public void SetActive(bool active)
    {
        if (_isActive == active)
        {
            return;
        }
        _inactiveSince = _context.Options.Time.GetUtcNow();
        _isActive = active;
        _context.Run(TellActiveAsync);
        if (active)
        {
            _context.Notices.LookAgain();
        }
    }

    /// <summary>The account's connected resources.</summary>
    public Task<IReadOnlyList<Device>> GetDevicesAsync(CancellationToken cancellationToken = default) => _devices.GetAsync(cancellationToken);

    /// <summary>Initial presence (RFC 6121 §4.2), or the same again after it changed.</summary>
    internal ValueTask SendPresenceAsync(CancellationToken cancellationToken)
    {
        var show = _availability switch
        {
            Availability.Chatty => "chat",
            Availability.Away => "away",
            Availability.ExtendedAway => "xa",
            Availability.Busy => "dnd",
            _ => null,
        };
        var profiles = _context.Profiles;
        return _context.SendAsync(
            new Presence
            {
                Payload = new Payload(new[]
                {
                    show is null ? null : new Element(XNames.Show, show),
                    _signature is null ? null : new Element(XNames.Status, _signature),
                    _info.Capabilities,
                    VcardAvatars.MakeUpdate(profiles.IsOwnRead ? profiles.Own.Picture?.Hash ?? "" : null),
                }.OfType<Element>()),
            },
            cancellationToken);
    }

    async ValueTask IClientPart.LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await _context.Store.ReadDocumentsAsync(PreferencesDocument.Key, cancellationToken).ConfigureAwait(false);
        if (documents.TryGetValue(PreferencesDocument.Key, out var document))
        {
            (var preferences, _availability, _signature) = PreferencesDocument.Read(document);
            Take(preferences);
        }
    }

    async ValueTask IClientPart.PrepareAsync(CancellationToken cancellationToken)
    {
        var (signature, preferences) = (_signature, _preferences);
        if (_context.Profiles.IsOwnRead)
        {
            // Another device may have changed it.
            signature = _context.Profiles.Own.Signature;
        }
        if (_context.ServerHas(PeopleDirectory.Ns))
        {
            var answer = await _context.RequestAsync(IqType.Get, new Element(PeopleDirectory.Directory), cancellationToken).ConfigureAwait(false);
            preferences = preferences with { CanBeFound = answer.Payload.Child(PeopleDirectory.Directory)?.Child(PeopleDirectory.Hidden) is null };
        }
        if (signature != _signature || preferences != _preferences)
        {
            await ChangeAsync(
                () =>
                {
                    _signature = signature;
                    Take(preferences);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    async ValueTask IClientPart.ReadyAsync(bool resumed, CancellationToken cancellationToken)
    {
        // §5.2: a stream begins, and is resumed, as an active one.
        if (!_isActive)
        {
            await TellActiveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    async ValueTask<bool> IClientPart.ReceiveAsync(Stanza stanza, CancellationToken cancellationToken)
    {
        var idle = _isActive ? TimeSpan.Zero : _context.Options.Time.GetUtcNow() - _inactiveSince;
        if (stanza is not Iq iq || _answers.Answer(iq, _info, idle) is not { } answer)
        {
            return false;
        }
        await _context.AnswerAsync(answer, cancellationToken).ConfigureAwait(false);
        return true;
    }

    void IClientPart.Reset() => _devices.Clear();

    private void Take(Preferences preferences)
    {
        _preferences = preferences;
        _info = new ClientInfo(_context.Options.ClientName, preferences);
    }

    private async Task ChangeAsync(Action change, CancellationToken cancellationToken)
    {
        using (await _context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            change();
            var document = PreferencesDocument.Write(_preferences, _availability, _signature);
            await _context.CommitAsync(new StoreBatch { Documents = { [PreferencesDocument.Key] = document } }, cancellationToken).ConfigureAwait(false);
            _context.Raise(Changes.Self);
        }
    }

    /// <summary>Without a connection the next one tells it.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_context.IsConnected)
            {
                await SendPresenceAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (XmppException)
        {
            // It was lost in this moment.
        }
    }

    private async Task TellActiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_context.Connection is { } connection && _context.Offers(ClientState.Feature))
            {
                await connection.SendAsync(new Element(_isActive ? ClientState.Active : ClientState.Inactive), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (XmppException)
        {
            // The next stream begins as an active one, and is told then.
        }
    }
}
