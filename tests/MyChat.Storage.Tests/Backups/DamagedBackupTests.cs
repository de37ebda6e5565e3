using System.Text;
using MyChat.Storage.Backups;

namespace MyChat.Storage.Tests.Backups;

/// <summary>Whatever happens to a backup's bytes, it is refused in one line and never taken for whole.</summary>
public sealed class DamagedBackupTests : IAsyncLifetime
{
    private byte[] backup = [];

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask InitializeAsync()
    {
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        await TestContent.FillAsync(test);
        var output = new MemoryStream();
        await Backup.WriteAsync(test.Database, new BackupSource("MyChat", "verona.lit", TestDatabase.Noon, [new BackupFile("key.pem", [7])]), output, null, Token);
        backup = output.ToArray();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_file_that_ends_too_early_is_refused_wherever_it_ends()
    {
        var random = new Random(1);
        foreach (var length in Enumerable.Range(0, 40).Concat(Enumerable.Range(0, 200).Select(_ => random.Next(backup.Length))).Append(backup.Length - 1))
        {
            await Refuses(backup[..length]);
        }
    }

    [Fact]
    public async Task A_byte_that_changed_is_noticed_wherever_it_is()
    {
        var random = new Random(2);
        foreach (var place in Enumerable.Range(0, 40).Concat(Enumerable.Range(0, 300).Select(_ => random.Next(backup.Length))).Append(backup.Length - 1))
        {
            var damaged = (byte[])backup.Clone();
            damaged[place] ^= (byte)(1 << random.Next(8));
            await Refuses(damaged);
        }
    }

    [Fact]
    public async Task What_follows_the_end_is_noticed() => await Refuses([.. backup, 0]);

    [Fact]
    public async Task A_part_that_is_missing_doubled_or_moved_is_noticed()
    {
        var frames = Frames(backup);
        Assert.True(frames.Count > 6, "there is little to move");
        var start = backup[..BackupFormat.Preamble.Length];
        for (var i = 0; i < frames.Count - 1; i++)
        {
            await Refuses([.. start, .. frames.Where((_, place) => place != i).SelectMany(frame => frame)]);
            await Refuses([.. start, .. frames.SelectMany((frame, place) => place == i ? [.. frame, .. frame] : frame)]);
            await Refuses([.. start, .. frames[..i].Append(frames[i + 1]).Append(frames[i]).Concat(frames[(i + 2)..]).SelectMany(frame => frame)]);
        }
    }

    [Theory]
    [InlineData("", "not a backup")]
    [InlineData("SQLite format 3\0 and so on", "not a backup")]
    [InlineData("MYCHAT-BACKUP 2\n", "format")]
    public async Task Another_file_is_refused_by_what_it_is(string content, string word)
    {
        var refusal = await Refuses(Encoding.UTF8.GetBytes(content));
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_refused_as_such()
    {
        var refusal = await Refuses(await Sealed("""{"product":"MyChat 9","schema":999,"created":"2026-01-01T00:00:00Z","domain":"d","database":"x","tables":[]}"""));
        Assert.Contains("newer", refusal.Message, StringComparison.Ordinal);
    }

    // Sealed rightly, but not as any server writes it: names go into statements.
    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"product":null,"schema":1,"created":"2026-01-01T00:00:00Z","domain":"d","database":"x","tables":[]}""")]
    [InlineData("""{"product":"p","schema":0,"created":"2026-01-01T00:00:00Z","domain":"d","database":"x","tables":[]}""")]
    [InlineData("""{"product":"p","schema":1,"created":"2026-01-01T00:00:00Z","domain":"d","database":"x","tables":[{"name":"sqlite_master","columns":[{"name":"id","kind":"integer"}],"key":["id"],"identity":null,"rows":0,"counter":0}]}""")]
    [InlineData("""{"product":"p","schema":1,"created":"2026-01-01T00:00:00Z","domain":"d","database":"x","tables":[{"name":"secret","columns":[{"name":"a) VALUES (1);--","kind":"integer"}],"key":["id"],"identity":null,"rows":0,"counter":0}]}""")]
    [InlineData("""{"product":"p","schema":1,"created":"2026-01-01T00:00:00Z","domain":"d","database":"x","tables":[{"name":"secret","columns":[{"name":"a","kind":"integer"},{"name":"a","kind":"integer"}],"key":["a"],"identity":null,"rows":0,"counter":0}]}""")]
    [InlineData("""{"product":"p","schema":1,"created":"2026-01-01T00:00:00Z","domain":"d","database":"x","tables":[{"name":"secret","columns":[{"name":"a","kind":"integer"}],"key":["b"],"identity":null,"rows":0,"counter":0}]}""")]
    public async Task A_header_that_no_server_writes_is_refused(string header) => await Refuses(await Sealed(header));

    [Fact]
    public async Task Rows_of_any_bytes_are_refused_and_harm_nothing()
    {
        var random = new Random(3);
        const string header = """{"product":"p","schema":1,"created":"2026-01-01T00:00:00Z","domain":"d","database":"x","tables":[{"name":"secret","columns":[{"name":"name","kind":"text"},{"name":"value","kind":"bytes"}],"key":["name"],"identity":null,"rows":0,"counter":0}]}""";
        for (var i = 0; i < 300; i++)
        {
            var content = new byte[random.Next(60)];
            random.NextBytes(content);
            content.AsSpan(0, Math.Min(content.Length, random.Next(13))).Clear();
            await Refuses(await Sealed(header, (BackupFormat.Rows, content)));
        }
    }

    private static async Task<StorageException> Refuses(byte[] bytes)
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Backup.VerifyAsync(new MemoryStream(bytes), null, Token));
        Assert.DoesNotContain('\n', refusal.Message);
        // What only passes through a command is looked at as well, so far as it can be.
        await Assert.ThrowsAnyAsync<Exception>(() => Backup.RestoreAsync(
            new MemoryStream(bytes), new StorageOptions { DataDirectory = "/dev/null/nowhere" }, false, null, Token));
        return refusal;
    }

    private static async Task<byte[]> Sealed(string header, params (byte Kind, byte[] Content)[] more)
    {
        var output = new MemoryStream();
        var frames = new FrameWriter(output);
        await frames.BeginAsync(Token);
        await frames.WriteAsync(BackupFormat.Header, Encoding.UTF8.GetBytes(header), Token);
        foreach (var (kind, content) in more)
        {
            await frames.WriteAsync(kind, content, Token);
        }
        return output.ToArray();
    }

    private static List<byte[]> Frames(byte[] file)
    {
        var frames = new List<byte[]>();
        for (var place = BackupFormat.Preamble.Length; place < file.Length;)
        {
            var length = 5 + BitConverter.ToInt32(file, place + 1) + BackupFormat.SealBytes;
            frames.Add(file[place..(place + length)]);
            place += length;
        }
        return frames;
    }
}
