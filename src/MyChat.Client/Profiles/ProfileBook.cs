using System.Collections.Concurrent;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Profiles;

/// <summary>What somebody tells of itself (vCard, XEP-0054).</summary>
/// <param name="Name">NICKNAME, else FN.</param>
/// <param name="Signature">DESC.</param>
public sealed record Profile(string? Name, string? Signature, Picture? Picture);

/// <summary>A picture (XEP-0153).</summary>
/// <param name="Hash">SHA-1 of the bytes, lower-case hexadecimal.</param>
/// <param name="Type">image/png, image/jpeg, image/gif or image/webp: nothing else is ever shown.</param>
public sealed record Picture(string Hash, string Type, byte[] Bytes)
{
    /// <summary>A picture of these bytes, whose first ones say what it is; null when they are none, or too many.</summary>
    public static Picture? TryMake(byte[] bytes) => VCards.MakePicture(bytes);
}

/// <summary>Names, signatures and pictures of the user and of others, kept in the store and fetched again when their hash changes.</summary>
public sealed class ProfileBook : IClientPart
{
    /// <summary>The largest picture that is published, in bytes.</summary>
    public const int MaxPictureBytes = 64 * 1024;

    private const string Prefix = "profile/";

    // A signature may change while nobody is online to tell; nothing else says so.
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);
    private readonly ClientContext _context;
    private readonly PictureShelf _pictures;
    private readonly ProfileFetching _fetching;
    private readonly ConcurrentDictionary<BareJid, KnownProfile> _known = new();

    /// <summary>The hash that somebody's presence told last.</summary>
    private readonly ConcurrentDictionary<BareJid, string> _told = new();
    private volatile Profile _own = new(null, null, null);

    internal ProfileBook(ClientContext context)
    {
        _context = context;
        _pictures = new PictureShelf(context);
        _fetching = new ProfileFetching(context);
    }

    /// <summary>The user's own; <see cref="Changes.Self"/> tells.</summary>
    public Profile Own => _own;

    /// <summary>Whether the own profile was read on this stream: only then its picture's hash may be told (XEP-0153 §4.2).</summary>
    internal bool IsOwnRead { get; private set; }

    /// <summary>Publishes the own profile; fields that this client does not know are kept.</summary>
    /// <exception cref="ArgumentException">The picture is larger than <see cref="MaxPictureBytes"/>, or of another type.</exception>
    /// <exception cref="XmppException">There is no connection, or the server refuses.</exception>
    public async Task PublishAsync(Profile profile, CancellationToken cancellationToken = default)
    {
        if (profile.Picture is { } picture && picture.Hash != _own.Picture?.Hash)
        {
            if (picture.Bytes.Length > MaxPictureBytes)
            {
                throw new ArgumentException($"The picture has {picture.Bytes.Length} bytes; at most {MaxPictureBytes} are published.", nameof(profile));
            }
            profile = profile with
            {
                Picture = VCards.MakePicture(picture.Bytes) ?? throw new ArgumentException("A picture is PNG, JPEG, GIF or WebP.", nameof(profile)),
            };
        }
        // Another device may have changed it since it was read.
        var vcard = VCards.Write(profile, await ReadAsync(_context.Account, cancellationToken).ConfigureAwait(false) ?? new Element(VCardTemp.VCard));
        await _context.RequestAsync(IqType.Set, vcard, cancellationToken).ConfigureAwait(false);
        using (await _context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            await KeepAsync(_context.Account, VCards.Read(vcard), null, cancellationToken).ConfigureAwait(false);
        }
        await _context.Self.SendPresenceAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Somebody's profile, from the server. Null where there is none, or it may not be seen.</summary>
    /// <exception cref="XmppException">There is no connection.</exception>
    public async Task<Profile?> FetchAsync(BareJid jid, CancellationToken cancellationToken = default)
    {
        var vcard = await ReadAsync(jid, cancellationToken).ConfigureAwait(false);
        var profile = vcard is null ? null : VCards.Read(vcard);
        using (await _context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            await KeepAsync(jid, profile ?? new Profile(null, null, null), _told.GetValueOrDefault(jid), cancellationToken).ConfigureAwait(false);
        }
        return profile;
    }

    /// <summary>A picture by its hash, from memory or the store; null while it is not there (<see cref="Changes.Profiles"/> tells when it is).</summary>
    public ValueTask<Picture?> GetPictureAsync(string hash, CancellationToken cancellationToken = default) => _pictures.FindAsync(hash, cancellationToken);

    /// <summary>What is known of somebody; null when nothing was asked yet.</summary>
    internal KnownProfile? Known(BareJid jid) => _known.GetValueOrDefault(jid);

    /// <summary>Fetches what is not known of these, or old.</summary>
    internal void Want(IEnumerable<BareJid> jids)
    {
        foreach (var jid in jids.Where(IsWanted))
        {
            _fetching.Want(jid);
        }
    }

    /// <summary>Inside a turn: a contact's signature was seen in presence, and is what to show while the contact is away.</summary>
    internal void Saw(BareJid jid, string? signature)
    {
        if (signature is not null && _known.TryGetValue(jid, out var known) && known.Signature != signature)
        {
            _known[jid] = known with { Signature = signature };
        }
    }

    async ValueTask IClientPart.LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await _context.Store.ReadDocumentsAsync(Prefix, cancellationToken).ConfigureAwait(false);
        foreach (var (key, document) in documents)
        {
            if (BareJid.TryParse(key.AsSpan(Prefix.Length), out var jid) && KnownProfile.Read(document) is { } known)
            {
                _known[jid] = known;
            }
        }
        if (Known(_context.Account) is { } own)
        {
            var picture = own.PictureHash is null ? null : await _pictures.ReadAsync(own.PictureHash, cancellationToken).ConfigureAwait(false);
            _own = new Profile(own.Name, own.Signature, picture);
        }
        _context.Contacts.RefreshAll();
    }

    async ValueTask IClientPart.PrepareAsync(CancellationToken cancellationToken)
    {
        IsOwnRead = false;
        try
        {
            await FetchAsync(_context.Account, cancellationToken).ConfigureAwait(false);
        }
        catch (StanzaErrorException)
        {
            // A server without vCards: then presence tells of no picture.
        }
    }

    ValueTask IClientPart.ReadyAsync(bool resumed, CancellationToken cancellationToken)
    {
        Want(_context.Contacts.All.Select(contact => contact.Jid).Concat(_context.Notices.All.Select(notice => notice.Jid)));
        return default;
    }

    ValueTask<bool> IClientPart.ReceiveAsync(Stanza stanza, CancellationToken cancellationToken)
    {
        if (stanza is Presence { Type: PresenceType.Available, Defect: null, From: FullJid from } presence && VcardAvatars.HashIn(presence) is { } hash
            && !from.Equals(_context.Jid))
        {
            Told(from.Bare, hash);
        }
        return new(false);
    }

    void IClientPart.Reset()
    {
        IsOwnRead = false;
        _told.Clear();
    }

    private void Told(BareJid jid, string hash)
    {
        _told[jid] = hash;
        if (jid.Equals(_context.Account))
        {
            // §4.3: another device published another picture; what the server has decides.
            if (Known(jid)?.Misses(hash) != false)
            {
                _context.Run(FollowOwnAsync);
            }
        }
        else if (_context.Contacts.ItemOf(jid) is not null && Known(jid)?.Misses(hash) != false)
        {
            _fetching.Want(jid);
        }
    }

    private async Task FollowOwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FetchAsync(_context.Account, cancellationToken).ConfigureAwait(false);
            await _context.Self.SendPresenceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (XmppException)
        {
            // It is read again on the next stream.
        }
    }

    private bool IsWanted(BareJid jid) => Known(jid) is not { } known || known.At + Old < _context.Now;

    private bool IsKept(BareJid jid) =>
        jid.Equals(_context.Account) || _context.Contacts.ItemOf(jid) is not null || _context.Notices.All.Any(notice => notice.Jid.Equals(jid));

    /// <summary>Inside a turn.</summary>
    private async ValueTask KeepAsync(BareJid jid, Profile profile, string? tried, CancellationToken cancellationToken)
    {
        var before = Known(jid);
        var known = new KnownProfile(profile.Name, profile.Signature, profile.Picture?.Hash, tried, _context.Now);
        _known[jid] = known;
        if (jid.Equals(_context.Account))
        {
            (_own, IsOwnRead) = (profile, true);
            _context.Raise(Changes.Self);
        }
        var batch = new StoreBatch();
        var isKept = IsKept(jid);
        if (isKept)
        {
            batch.Documents[Prefix + jid] = known.Write();
        }
        if (profile.Picture is { } picture)
        {
            _pictures.Put(picture, isKept ? batch : new StoreBatch());
        }
        if (before?.PictureHash is { } old && old != known.PictureHash && !_known.Values.Any(other => other.PictureHash == old))
        {
            _pictures.Drop(old, batch);
        }
        await _context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        if (before is null || before with { At = known.At, TriedHash = tried } != known)
        {
            _context.Contacts.Refresh(jid);
            _context.Raise(Changes.Profiles | Changes.Notices);
        }
    }

    private async Task<Element?> ReadAsync(BareJid jid, CancellationToken cancellationToken)
    {
        var isOwn = jid.Equals(_context.Account);
        try
        {
            var request = new Iq { Type = IqType.Get, To = isOwn ? null : jid, Payload = new Payload(new Element(VCardTemp.VCard)) };
            return (await _context.RequestAsync(request, cancellationToken).ConfigureAwait(false)).Payload.Child(VCardTemp.VCard);
        }
        catch (StanzaErrorException refusal) when (!isOwn || refusal.Condition == StanzaErrorCondition.ItemNotFound)
        {
            return null;
        }
    }
}
