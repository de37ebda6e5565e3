using System.Text;

namespace MyChat.EndToEnd.Traces;

/// <summary>The disk that power cuts are tried on forgets what it may forget, and nothing else.</summary>
public sealed class DiskTests : IDisposable
{
    private const string Home = "/data";
    private const string File = "/data/mychat.db";

    private readonly Disk _disk = new(Home);
    private readonly string _target = Directory.CreateTempSubdirectory("mychat-disk-").FullName;
    private long _place;

    public void Dispose() => Directory.Delete(_target, recursive: true);

    [Fact]
    public void What_was_not_synced_is_gone()
    {
        Do(Open(), Write("one", 0), Sync(File), Sync(Home), Write("two", 0), Write("!", 3));
        Assert.Equal("one", Saved(null));
    }

    [Fact]
    public void What_was_synced_stays_in_the_order_in_which_it_was_written()
    {
        Do(Open(), Write("one more", 0), Write("two", 0), Call("ftruncate", "", 5), Sync(Home), Sync(File));
        Assert.Equal("two m", Saved(null));
    }

    [Fact]
    public void A_file_whose_name_was_not_synced_is_gone_with_all_that_is_in_it()
    {
        Do(Open(), Write("one", 0), Sync(File));
        Assert.Null(Saved(null));
    }

    [Fact]
    public void A_removal_that_was_not_synced_is_undone()
    {
        Do(Open(), Write("one", 0), Sync(File), Sync(Home), new SystemCall("unlink", "", [Encoding.UTF8.GetBytes(File)], [], 0, 0, 0));
        Assert.Equal("one", Saved(null));
    }

    [Fact]
    public void A_write_that_was_still_going_on_when_the_sync_began_is_not_covered()
    {
        Do(Open(), Sync(Home));
        _disk.Begin(Write("one", 0) with { Entered = 10, Left = 12 });
        var sync = Sync(File) with { Entered = 11, Left = 13 };
        _disk.Begin(sync);
        _disk.End(sync);
        Assert.Equal("", Saved(null));
    }

    [Fact]
    public void Chance_keeps_whole_sectors_and_not_always_the_same()
    {
        Do(Open(), Write(new string('a', 4096), 0), Sync(File), Sync(Home), Write(new string('b', 4096), 0));
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 50; seed++)
        {
            var saved = Saved(new Random(seed))!; // its name is synced
            Assert.All(saved.Chunk(512), sector => Assert.Single(sector.Distinct()));
            seen.Add(saved);
        }
        Assert.True(seen.Count > 10, $"{seen.Count} states");
        Assert.All(seen, saved => Assert.Equal(4096, saved.Length));
    }

    [Fact]
    public void What_nobody_thought_of_is_refused() => Assert.Throws<NotSupportedException>(() => Do(Open(), Call("fallocate", "", 0, 1)));

    private void Do(params SystemCall[] calls)
    {
        foreach (var call in calls)
        {
            _place++;
            var placed = call with { Entered = _place, Left = _place };
            _disk.Begin(placed);
            if (Disk.IsSync(placed))
            {
                _disk.End(placed);
            }
        }
    }

    private string? Saved(Random? chance)
    {
        _disk.Save(_target, chance);
        var path = Path.Combine(_target, "mychat.db");
        return System.IO.File.Exists(path) ? System.IO.File.ReadAllText(path) : null;
    }

    private static SystemCall Open() => Call("openat", "") with { File = "/", Opened = File, Flags = "O_RDWR|O_CREAT" };

    private static SystemCall Write(string text, long offset) => Call("pwrite64", text, text.Length, offset);

    private static SystemCall Sync(string file) => Call("fdatasync", "") with { File = file };

    private static SystemCall Call(string name, string data, params long[] numbers) =>
        new(name, File, data.Length > 0 ? [Encoding.UTF8.GetBytes(data)] : [], numbers, data.Length, 0, 0);
}
