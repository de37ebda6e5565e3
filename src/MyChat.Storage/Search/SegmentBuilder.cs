using System.Runtime.InteropServices;
using MyChat.Xmpp.Search;

namespace MyChat.Storage.Search;

/// <summary>Gathers entries of one account, ascending, and makes a segment of them.</summary>
internal sealed class SegmentBuilder
{
    private const int KeysAtOnce = 128;

    private readonly Dictionary<string, int> words = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly Dictionary<long, int> peers = [];
    private readonly List<Use> uses = []; // of the keys, by their numbers
    private readonly List<(int Key, long Id)> pairs = [];
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
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(peers, peer, out var isKnown);
        number = isKnown ? number : NewKey(IndexKeys.OfPeer(peer));
        Note(number);
        if (text.Length > 0)
        {
            SearchText.Read(text).TakeKeys(take);
        }
    }

    public async ValueTask<Segment> BuildAsync(int level, IndexPace pace, CancellationToken cancellation)
    {
        var (ids, ends) = IdsByKey();
        await pace.BreatheAsync(cancellation);
        var ascending = Ascending();
        var writer = new SegmentWriter(firstId);
        for (var next = 0; next < ascending.Length; next++)
        {
            if (next % KeysAtOnce == 0)
            {
                await pace.BreatheAsync(cancellation);
            }
            var key = ascending[next];
            writer.Add(uses[key].Key, ids.AsSpan(ends[key] - uses[key].Count, uses[key].Count));
        }
        return new Segment(level, Messages, (firstId, lastId), (firstStamp, lastStamp), writer.Finish(), writer.Blocks);
    }

    private void Take(ReadOnlySpan<char> word)
    {
        if (!bySpan.TryGetValue(word, out var key))
        {
            bySpan[word] = key = NewKey(IndexKeys.Of(word));
        }
        Note(key);
    }

    private int NewKey(byte[] key)
    {
        uses.Add(new Use { Key = key, LastId = long.MinValue });
        return uses.Count - 1;
    }

    /// <summary>The entry has this key.</summary>
    private void Note(int key)
    {
        ref var use = ref CollectionsMarshal.AsSpan(uses)[key];
        if (use.LastId != lastId)
        {
            use.LastId = lastId;
            use.Count++;
            pairs.Add((key, lastId));
        }
    }

    /// <summary>The ids of each key, ascending, and where they end.</summary>
    private (long[] Ids, int[] Ends) IdsByKey()
    {
        var next = new int[uses.Count]; // where the next id of a key belongs
        for (var key = 1; key < next.Length; key++)
        {
            next[key] = next[key - 1] + uses[key - 1].Count;
        }
        var ids = new long[pairs.Count];
        foreach (var (key, id) in pairs)
        {
            ids[next[key]++] = id;
        }
        return (ids, next);
    }

    /// <summary>The numbers of the keys in the order of their bytes.</summary>
    private int[] Ascending()
    {
        var order = new int[uses.Count];
        var beginnings = new ulong[order.Length];
        for (var key = 0; key < order.Length; key++)
        {
            (order[key], beginnings[key]) = (key, IndexKeys.Beginning(uses[key].Key));
        }
        Array.Sort(beginnings, order);
        for (var (start, end) = (0, 1); end <= order.Length; end++)
        {
            if (end == order.Length || beginnings[end] != beginnings[start])
            {
                order.AsSpan(start, end - start).Sort((left, right) => uses[left].Key.AsSpan().SequenceCompareTo(uses[right].Key));
                start = end;
            }
        }
        return order;
    }

    private struct Use
    {
        public required byte[] Key { get; init; }
        public long LastId { get; set; }
        public int Count { get; set; }
    }
}

/// <summary>A segment that is not stored yet.</summary>
internal sealed record Segment(
    int Level, int Messages, (long First, long Last) Ids, (long First, long Last) Stamps, byte[] Directory, List<byte[]> Blocks);
