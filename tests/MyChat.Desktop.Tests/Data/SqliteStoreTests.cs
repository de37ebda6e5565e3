using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MyChat.Client.Conversations;
using MyChat.Client.Stores;
using MyChat.Desktop.Data;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Desktop.Tests.Data;

/// <summary>What concerns the file; what every store does is <see cref="SqliteStoreContractTests"/>.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private static readonly BareJid Juliet = BareJid.Parse("juliet@capulet.lit");

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _aside = [];

    private string File => _folder["romeo.db"];

    [Fact]
    public async Task All_of_a_message_is_there_after_a_restart()
    {
        var message = Message("k", 5) with
        {
            State = MessageState.Failed,
            Error = StanzaErrorCondition.ServiceUnavailable,
            Format = new MessageFormat("serif", 14, true, false, true, "#cc0000"),
            Id = "id",
            StanzaId = "sid",
            WasDelayed = true,
            StartsAbsence = true,
            Body = "'); DROP TABLE messages; -- 中文 😀\u202e",
        };
        await using (var store = Open())
        {
            await WriteAsync(store, message);
        }

        await using var again = Open();
        Assert.Equal(message, await again.FindByKeyAsync("k", default));
        Assert.Empty(_aside);
    }

    [Fact]
    public async Task Only_the_user_may_read_the_file_and_those_beside_it()
    {
        await using var store = Open();
        await WriteAsync(store, Message("k", 1));

        Assert.All(Directory.GetFiles(_folder.Path), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file)));
        Assert.True(System.IO.File.Exists(File + "-wal"));
    }

    [Fact]
    public async Task Commits_reach_the_disk()
    {
        await using (Open())
        {
        }

        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        Assert.Equal("wal", Scalar(connection, "PRAGMA journal_mode"));
        Assert.Equal(1L, Scalar(connection, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_full_disk_is_said_loses_nothing_and_writes_again_when_there_is_room()
    {
        await using (var store = SqliteStore.Open(File, TimeProvider.System, maxPages: 30))
        {
            await WriteAsync(store, Message("first", 1));
            var large = Message("large", 2) with { Body = new string('x', 200_000) };
            var batch = new StoreBatch { Messages = { Message("before", 3), large }, Documents = { ["draft"] = "d" } };

            var error = await Assert.ThrowsAsync<StoreException>(async () => await store.CommitAsync(batch, default));
            Assert.True(error.IsFull);
            Assert.NotNull(await store.FindByKeyAsync("first", default));
            Assert.Null(await store.FindByKeyAsync("before", default));
            Assert.Empty(await store.ReadDocumentsAsync("", default));
        }

        await using var roomy = Open();
        await WriteAsync(roomy, Message("before", 3));
        Assert.NotNull(await roomy.FindByKeyAsync("before", default));
        Assert.Empty(_aside);
    }

    [Theory]
    [InlineData("This is no database, and was never one.")]
    [InlineData("SQLite format 3\0and then nonsense that only looks like the beginning of one, for a page and more")]
    public async Task A_file_that_is_no_database_is_set_aside_and_a_new_one_begun(string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content);
        await using var store = Open();
        await WriteAsync(store, Message("k", 1));

        var aside = Assert.Single(_aside);
        Assert.Equal(content, await System.IO.File.ReadAllTextAsync(aside));
        Assert.NotNull(await store.FindByKeyAsync("k", default));
    }

    [Fact]
    public async Task Damage_that_shows_later_is_said_and_the_next_start_sets_the_file_aside()
    {
        await using (var store = Open())
        {
            for (var i = 0; i < 300; i++)
            {
                await WriteAsync(store, Message($"k{i}", i) with { Body = new string('x', 500) });
            }
        }

        DamageMiddle();
        await using (var store = Open())
        {
            var error = await Assert.ThrowsAsync<StoreException>(async () => await store.ReadMessagesAsync(Juliet, -1, 1000, 1000, true, default));
            Assert.False(error.IsFull);
        }

        Assert.Empty(_aside);
        var size = new FileInfo(File).Length;
        await using var again = Open();
        Assert.Equal(size, new FileInfo(Assert.Single(_aside)).Length);
        Assert.Empty(await again.ReadMessagesAsync(Juliet, -1, 1000, 1000, true, default));
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_left_as_it_is()
    {
        await using (Open())
        {
        }

        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            Scalar(connection, "PRAGMA user_version = 99");
        }

        var error = Assert.Throws<StoreException>(() => Open());
        Assert.Contains("newer MyChat", error.Message, StringComparison.Ordinal);
        Assert.Empty(_aside);
    }

    [Fact]
    public async Task What_is_cleared_leaves_the_disk()
    {
        await using (var store = Open())
        {
            await WriteAsync(store, Message("k", 1) with { Body = "wherefore art thou" });
            await store.ClearAsync(default);
            Assert.Null(await store.FindByKeyAsync("k", default));
        }

        Assert.All(Directory.GetFiles(_folder.Path), file =>
            Assert.DoesNotContain("wherefore", System.IO.File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Accounts_have_files_of_their_own_whatever_they_are_called()
    {
        var folder = new DataFolder(_folder["data"]);
        string[] accounts = ["romeo@verona.lit", "romeo@verona.li", "..@verona.lit", "a%2fb@verona.lit", "小明@例子.测试", new string('x', 900) + "@verona.lit"];
        var files = accounts.Select(account => folder.DatabaseFile(BareJid.Parse(account))).ToList();

        Assert.Equal(accounts.Length, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(files, file =>
        {
            Assert.Equal(Path.Combine(folder.Path, "accounts"), Path.GetDirectoryName(Path.GetFullPath(file)));
            System.IO.File.WriteAllText(file, "");
        });
    }

    public void Dispose() => _folder.Dispose();

    private SqliteStore Open() => SqliteStore.Open(File, new FakeTimeProvider(), _aside.Add);

    private void DamageMiddle()
    {
        using var stream = new FileStream(File, FileMode.Open);
        var noise = new byte[4096];
        Array.Fill(noise, (byte)0xa5);
        for (var page = 20; page < stream.Length / 4096; page++)
        {
            stream.Position = page * 4096L;
            stream.Write(noise);
        }
    }

    private static ChatMessage Message(string key, long order) => new(key, Juliet, order)
    {
        IsMine = true,
        Body = "Soft!",
        State = MessageState.Sent,
        Time = new DateTimeOffset(2026, 11, 25, 8, 0, 0, 123, TimeSpan.Zero).AddTicks(4567),
    };

    private static async Task WriteAsync(SqliteStore store, ChatMessage message) =>
        await store.CommitAsync(new StoreBatch { Messages = { message } }, default);

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
