using System.Runtime.InteropServices;
using MyChat.Xmpp.Search;

namespace MyChat.Storage.Search;

/// <summary>Gathers entries of one account, ascending, and makes a segment of them.</summary>
internal sealed class SegmentBuilder
{
    private readonly Dictionary<string, List<long>> words = [];
    private readonly Dictionary<string, List<long>>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly Dictionary<long, List<long>> peers = [];
    private readonly SearchKeyTaker take;
    private long firstId;
    private long lastId;
    private long firstStamp = long.MaxValue;
    private long lastStamp = long.MinValue;

    public SegmentBuilder()
    {
        bySpan = words.GetAlternateLookup<ReadOnlySpan<char>>();
        take = Take;
    }

    public int Messages { get; private set; }

    /// <summary>The last entry.</summary>
    public long LastId => lastId;

    /// <summary>Characters of text so far: about how large it is.</summary>
    public long Characters { get; private set; }

    /// <param name="peer">The number of the address that the entry was exchanged with (<see cref="Server.Mailboxes.PeerKeys"/>).</param>
    /// <param name="text">Its bodies and subject; empty when there are none.</param>
    public void Add(long id, long stamp, long peer, string text)
    {
        firstId = Messages == 0 ? id : firstId;
        lastId = id;
        firstStamp = Math.Min(firstStamp, stamp);
        lastStamp = Math.Max(lastStamp, stamp);
        Messages++;
        Characters += text.Length;
        (CollectionsMarshal.GetValueRefOrAddDefault(peers, peer, out _) ??= []).Add(id);
        if (text.Length > 0)
        {
            SearchText.Read(text).TakeKeys(take);
        }
    }

    public Segment Build(int level)
    {
        var writer = new SegmentWriter(firstId);
        var keys = words.Select(word => (Key: IndexKeys.Of(word.Key), Ids: word.Value))
            .Concat(peers.Select(peer => (Key: IndexKeys.OfPeer(peer.Key), Ids: peer.Value)))
            .ToArray();
        Array.Sort(keys, (left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
        foreach (var (key, ids) in keys)
        {
            writer.Add(key, CollectionsMarshal.AsSpan(ids));
        }
        return new Segment(level, Messages, (firstId, lastId), (firstStamp, lastStamp), writer.Finish(), writer.Blocks);
    }

    private void Take(ReadOnlySpan<char> key)
    {
        if (!bySpan.TryGetValue(key, out var ids))
        {
            bySpan[key] = ids = [];
        }
        if (ids.Count == 0 || ids[^1] != lastId)
        {
            ids.Add(lastId);
        }
    }
}

/// <summary>A segment that is not stored yet.</summary>
internal sealed record Segment(
    int Level, int Messages, (long First, long Last) Ids, (long First, long Last) Stamps, byte[] Directory, List<byte[]> Blocks);
