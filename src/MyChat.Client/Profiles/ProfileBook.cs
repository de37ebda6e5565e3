using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Profiles;

/// <summary>What somebody tells of itself (vCard, XEP-0054).</summary>
/// <param name="Name">NICKNAME, else FN.</param>
/// <param name="Signature">DESC.</param>
public sealed record Profile(string? Name, string? Signature, Picture? Picture);

/// <summary>A picture (XEP-0153).</summary>
/// <param name="Hash">SHA-1 of the bytes, lower-case hexadecimal.</param>
/// <param name="Type">image/png, image/jpeg, image/gif or image/webp: nothing else is ever shown.</param>
public sealed record Picture(string Hash, string Type, byte[] Bytes);

/// <summary>Names, signatures and pictures of the user and of others, kept in the store and fetched again when their hash changes.</summary>
public sealed class ProfileBook
{
    /// <summary>The largest picture that is published, in bytes.</summary>
    public const int MaxPictureBytes = 64 * 1024;

    private readonly ClientContext _context;

    internal ProfileBook(ClientContext context) => _context = context;

    /// <summary>The user's own; <see cref="Changes.Self"/> tells.</summary>
    public Profile Own => throw new NotImplementedException();

    /// <summary>Publishes the own profile; fields that this client does not know are kept.</summary>
    /// <exception cref="ArgumentException">The picture is larger than <see cref="MaxPictureBytes"/>, or of another type.</exception>
    public Task PublishAsync(Profile profile, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Somebody's profile, from the server. Null where there is none, or it may not be seen.</summary>
    public Task<Profile?> FetchAsync(BareJid jid, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>A picture by its hash, from memory or the store; null while it is not there (<see cref="Changes.Profiles"/> tells when it is).</summary>
    public ValueTask<Picture?> GetPictureAsync(string hash, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
