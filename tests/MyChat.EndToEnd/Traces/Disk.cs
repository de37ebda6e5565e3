using System.Text;

namespace MyChat.EndToEnd.Traces;

/// <summary>
/// A directory on a disk, from the calls of who writes there: whatever was not synced, contents and names alike, a power cut may take. Files in memory
/// that others map (<c>-shm</c>) are none of it.
/// </summary>
internal sealed class Disk(string directory)
{
    /// <summary>What a <see cref="Disk"/> must see.</summary>
    public static readonly IReadOnlyList<string> Calls =
    [
        "open", "openat", "creat", "write", "writev", "pwrite64", "pwritev", "fsync", "fdatasync", "sync_file_range", "truncate", "ftruncate",
        "fallocate", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mmap",
    ];

    private readonly Dictionary<string, DiskFile> _names = [];
    private readonly List<(string Name, DiskFile? File, long Left)> _pending = []; // in order
    private readonly Dictionary<string, DiskFile> _synced = [];

    /// <summary>Whether this call is about what the database keeps there.</summary>
    public static bool IsAbout(string directory, SystemCall call) => call.Name switch
    {
        "open" or "openat" or "creat" => IsDatabase(directory, call.Opened),
        "rename" or "renameat" or "renameat2" or "link" or "linkat" or "unlink" or "unlinkat" or "truncate" =>
            call.Strings.Any(path => IsDatabase(directory, Encoding.UTF8.GetString(path))),
        "fsync" or "fdatasync" => call.File == directory || IsDatabase(directory, call.File),
        _ => IsDatabase(directory, call.File),
    };

    /// <summary>Whether something is on disk when this call is over.</summary>
    public static bool IsSync(SystemCall call) => call is { Name: "fsync" or "fdatasync", Succeeded: true };

    /// <summary>The call began: what it writes may be on disk from now on.</summary>
    public void Begin(SystemCall call)
    {
        if (!call.Succeeded && call.Left != long.MaxValue)
        {
            return;
        }
        switch (call.Name)
        {
            case "openat" or "open" or "creat" when !_names.ContainsKey(call.Opened):
                Rename(call, call.Opened, new DiskFile());
                break;
            case "openat" or "open" when !call.Flags.Contains("O_TRUNC", StringComparison.Ordinal):
            case "fsync" or "fdatasync":
            case "mmap" when !call.Flags.Contains("PROT_WRITE", StringComparison.Ordinal) || call.Flags.Contains("MAP_PRIVATE", StringComparison.Ordinal):
                break;
            case "pwrite64":
                // A call that never ended has no result: it may have written all.
                var data = call.Left == long.MaxValue ? call.Strings[0] : call.Data;
                File(call).Write(call.Entered, call.Left, call.Numbers[^1], data);
                break;
            case "ftruncate":
                File(call).Truncate(call.Entered, call.Left, call.Numbers[^1]);
                break;
            case "unlink" or "unlinkat":
                Rename(call, Encoding.UTF8.GetString(call.Strings[0]), null);
                break;
            default:
                throw new NotSupportedException($"A database is not expected to do this: {call.Name} {call.Flags} on {call.File}");
        }
    }

    /// <summary>The sync is over: what was done before it began is on disk.</summary>
    public void End(SystemCall sync)
    {
        if (sync.File != directory)
        {
            File(sync).Sync(sync.Entered);
            return;
        }
        foreach (var (name, file, _) in _pending.Where(change => change.Left < sync.Entered))
        {
            Apply(_synced, name, file);
        }
        _pending.RemoveAll(change => change.Left < sync.Entered);
    }

    /// <summary>Writes into another directory what a power cut now leaves: what was synced, and, where there is a chance, some of the rest.</summary>
    public void Save(string target, Random? chance)
    {
        var names = new Dictionary<string, DiskFile>(_synced);
        foreach (var (name, file, _) in _pending)
        {
            if (chance?.Next(2) == 0)
            {
                Apply(names, name, file);
            }
        }
        foreach (var (name, file) in names)
        {
            file.Save(Path.Combine(target, Path.GetFileName(name)), chance);
        }
    }

    private static bool IsDatabase(string directory, string path) =>
        path.StartsWith(Path.Combine(directory, "mychat.db"), StringComparison.Ordinal) && !path.Contains("-shm", StringComparison.Ordinal);

    private DiskFile File(SystemCall call) => _names.TryGetValue(call.File, out var file)
        ? file
        : throw new InvalidOperationException($"{call.Name} on {call.File}, which nobody opened");

    private void Rename(SystemCall call, string name, DiskFile? file)
    {
        _pending.Add((name, file, call.Left));
        Apply(_names, name, file);
    }

    private static void Apply(Dictionary<string, DiskFile> names, string name, DiskFile? file)
    {
        if (file is null)
        {
            names.Remove(name);
        }
        else
        {
            names[name] = file;
        }
    }
}
