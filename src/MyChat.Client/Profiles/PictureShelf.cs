using System.Collections.Concurrent;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Xeps;

namespace MyChat.Client.Profiles;

/// <summary>Pictures by their hash: some in memory, all in the store.</summary>
internal sealed class PictureShelf(ClientContext context)
{
    private const int MostInMemory = 200;
    private readonly ConcurrentDictionary<string, Picture> _pictures = new(StringComparer.Ordinal);

    public async ValueTask<Picture?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        if (_pictures.TryGetValue(hash, out var picture))
        {
            return picture;
        }
        using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            return await ReadAsync(hash, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Inside a turn: from the store.</summary>
    public async ValueTask<Picture?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        if (!VcardAvatars.IsHash(hash))
        {
            return null;
        }
        var key = KeyOf(hash);
        var documents = await context.Store.ReadDocumentsAsync(key, cancellationToken).ConfigureAwait(false);
        return documents.TryGetValue(key, out var document) && Read(document) is { } kept && kept.Hash == hash ? Remember(kept) : null;
    }

    /// <summary>Inside a turn: keeps one with the batch.</summary>
    public void Put(Picture picture, StoreBatch batch)
    {
        batch.Documents[KeyOf(picture.Hash)] = Convert.ToBase64String(picture.Bytes);
        Remember(picture);
    }

    /// <summary>Inside a turn: nobody has it any more.</summary>
    public void Drop(string hash, StoreBatch batch)
    {
        batch.Documents[KeyOf(hash)] = null;
        _pictures.TryRemove(hash, out _);
    }

    private Picture Remember(Picture picture)
    {
        if (_pictures.Count >= MostInMemory)
        {
            _pictures.Clear();
        }
        return _pictures[picture.Hash] = picture;
    }

    private static string KeyOf(string hash) => "picture/" + hash;

    private static Picture? Read(string document)
    {
        var bytes = new byte[document.Length];
        return Convert.TryFromBase64String(document, bytes, out var length) ? VCards.MakePicture(bytes[..length]) : null;
    }
}
