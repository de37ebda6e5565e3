namespace MyChat.EndToEnd.Traces;

/// <summary>A file as a disk has it: what was synced, and what was not yet.</summary>
internal sealed class DiskFile
{
    /// <summary>What a disk writes whole or not at all.</summary>
    private const int Sector = 512;

    private readonly List<Change> _pending = [];
    private byte[] _synced = [];
    private int _length;

    public void Write(long entered, long left, long offset, ReadOnlyMemory<byte> data) => _pending.Add(new Change(entered, left, offset, data));

    public void Truncate(long entered, long left, long length) => _pending.Add(new Change(entered, left, length, null));

    /// <summary>All that was over when the sync began is on disk.</summary>
    public void Sync(long began)
    {
        foreach (var change in _pending.Where(change => change.Left < began))
        {
            Apply(change);
        }
        _pending.RemoveAll(change => change.Left < began);
    }

    /// <summary>Writes the file as a power cut leaves it: what was synced, and, where there is a chance, some sectors of what was not.</summary>
    public void Save(string path, Random? chance)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        RandomAccess.Write(file, _synced.AsSpan(0, _length), 0);
        if (chance is null)
        {
            return;
        }
        // Sometimes nearly all of it, sometimes nearly nothing.
        var share = chance.NextDouble();
        foreach (var change in _pending)
        {
            if (change.Data is not { } data)
            {
                if (chance.NextDouble() < share)
                {
                    RandomAccess.SetLength(file, change.Offset);
                }
                continue;
            }
            for (var at = 0; at < data.Length;)
            {
                var length = (int)Math.Min(data.Length - at, Sector - ((change.Offset + at) % Sector));
                if (chance.NextDouble() < share)
                {
                    RandomAccess.Write(file, data.Span.Slice(at, length), change.Offset + at);
                }
                at += length;
            }
        }
    }

    private void Apply(Change change)
    {
        var end = (int)change.Offset + (change.Data?.Length ?? 0);
        if (change.Data is not { } data)
        {
            if (end < _length)
            {
                Array.Clear(_synced, end, _length - end);
            }
            Reserve(end);
            _length = end;
            return;
        }
        Reserve(end);
        data.Span.CopyTo(_synced.AsSpan((int)change.Offset));
        _length = Math.Max(_length, end);
    }

    private void Reserve(int length)
    {
        if (length > _synced.Length)
        {
            Array.Resize(ref _synced, Math.Max(length, 2 * _synced.Length));
        }
    }

    /// <summary>A write, or without data a truncation to the offset.</summary>
    private sealed record Change(long Entered, long Left, long Offset, ReadOnlyMemory<byte>? Data);
}
