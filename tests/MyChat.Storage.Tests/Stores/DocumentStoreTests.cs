namespace MyChat.Storage.Tests.Stores;

public abstract class DocumentStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly TestDatabase test = new(kind);
    private long romeo;
    private long juliet;

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask InitializeAsync()
    {
        romeo = await test.Create("romeo");
        juliet = await test.Create("juliet");
    }

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_document_is_kept_by_account_kind_and_key()
    {
        await test.Documents.SetAsync(romeo, "private", "", [1], Token);
        await test.Documents.SetAsync(romeo, "private", "键😀", [2, 0, 2], Token);
        await test.Documents.SetAsync(romeo, "vcard", "", [], Token);
        await test.Documents.SetAsync(juliet, "private", "", [3], Token);
        await test.Reopen();
        Assert.Equal([1], await test.Documents.GetAsync(romeo, "private", "", Token));
        Assert.Equal([2, 0, 2], await test.Documents.GetAsync(romeo, "private", "键😀", Token));
        Assert.Equal(Array.Empty<byte>(), await test.Documents.GetAsync(romeo, "vcard", "", Token));
        Assert.Equal([3], await test.Documents.GetAsync(juliet, "private", "", Token));
        Assert.Null(await test.Documents.GetAsync(juliet, "vcard", "", Token));
    }

    [Fact]
    public async Task A_document_is_replaced_and_removed()
    {
        await test.Documents.SetAsync(romeo, "private", "a", [1], Token);
        await test.Documents.SetAsync(romeo, "private", "a", [2], Token);
        Assert.Equal([2], await test.Documents.GetAsync(romeo, "private", "a", Token));
        await test.Documents.SetAsync(romeo, "private", "a", null, Token);
        Assert.Null(await test.Documents.GetAsync(romeo, "private", "a", Token));
        await test.Documents.SetAsync(romeo, "private", "a", null, Token);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(200_000)]
    public async Task A_key_may_be_long(int length)
    {
        var key = new string('k', length);
        await test.Documents.SetAsync(romeo, "private", key, [1], Token);
        await test.Documents.SetAsync(romeo, "private", key[..^1] + 'l', [2], Token);
        Assert.Equal([1], await test.Documents.GetAsync(romeo, "private", key, Token));
        Assert.Equal([2], await test.Documents.GetAsync(romeo, "private", key[..^1] + 'l', Token));
        await test.Documents.SetAsync(romeo, "private", key, null, Token);
        Assert.Null(await test.Documents.GetAsync(romeo, "private", key, Token));
    }

    [Fact]
    public async Task Documents_are_measured_in_bytes_by_kind()
    {
        Assert.Equal((0, 0L), await test.Documents.MeasureAsync(romeo, "private", Token));
        await test.Documents.SetAsync(romeo, "private", "a", "你好"u8.ToArray(), Token);
        await test.Documents.SetAsync(romeo, "private", "b", new byte[100], Token);
        await test.Documents.SetAsync(romeo, "vcard", "", new byte[1000], Token);
        await test.Documents.SetAsync(juliet, "private", "a", new byte[10_000], Token);
        Assert.Equal((2, 106L), await test.Documents.MeasureAsync(romeo, "private", Token));
    }

    [Fact]
    public async Task A_secret_is_made_once_and_stays()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => test.Secrets.GetOrCreateAsync("ids", 16, Token).AsTask()));
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.Equal(16, secrets[0].Length);
        Assert.NotEqual(new byte[16], secrets[0]);
        Assert.NotEqual(secrets[0], await test.Secrets.GetOrCreateAsync("salt", 16, Token));
        await test.Reopen();
        Assert.Equal(secrets[0], await test.Secrets.GetOrCreateAsync("ids", 16, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await test.Secrets.GetOrCreateAsync("ids", 32, Token));
    }
}

public sealed class DocumentStoreOnSqliteTests() : DocumentStoreTests(DatabaseKind.Sqlite);
public sealed class DocumentStoreOnMariaDbTests() : DocumentStoreTests(DatabaseKind.MariaDb);
public sealed class DocumentStoreOnPostgresTests() : DocumentStoreTests(DatabaseKind.Postgres);
