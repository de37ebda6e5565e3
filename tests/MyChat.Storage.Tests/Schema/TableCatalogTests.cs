using MyChat.Storage.Schema;
using MyChat.Storage.Transfer;

namespace MyChat.Storage.Tests.Schema;

/// <summary>No table and no column is forgotten by backups and moves.</summary>
public abstract class TableCatalogTests(DatabaseKind kind) : IAsyncDisposable
{
    private readonly TestDatabase test = new(kind);

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_table_is_carried_or_declared_to_be_made_from_the_others()
    {
        await using var connection = await test.Database.Provider.OpenReaderAsync(TestDatabase.Token);
        var tables = test.Database.Provider.ReadTables(connection);
        Assert.DoesNotContain(tables, table => !TableCatalog.IsOurs(table));
        Assert.All(TableCatalog.Kept, table => Assert.Contains(table.Name, tables));
        Assert.DoesNotContain(tables, table => TableCatalog.IsKept(table) && TableCatalog.IsDerived(table));
    }

    [Fact]
    public async Task Every_column_is_carried_under_its_name_and_kind()
    {
        await using var connection = await test.Database.Provider.OpenReaderAsync(TestDatabase.Token);
        foreach (var table in TableCatalog.Kept)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table.Name} WHERE 1=0";
            await using var reader = await command.ExecuteReaderAsync(TestDatabase.Token);
            var actual = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).Order();
            Assert.Equal(actual, table.Columns.Select(column => column.Name).Order());
        }
    }

    [Fact]
    public async Task What_the_tables_hold_reads_the_same_as_it_is_written()
    {
        await TestContent.FillAsync(test);
        await using var snapshot = await Snapshot.OpenAsync(test.Database.Provider, TestDatabase.Token);
        foreach (var table in TableCatalog.Kept)
        {
            object?[]? before = null;
            await foreach (var row in TableReader.ReadAsync(snapshot.Connection, table, null, TestDatabase.Token))
            {
                var buffer = new System.Buffers.ArrayBufferWriter<byte>();
                RowCodec.Write(buffer, row);
                var rest = buffer.WrittenSpan;
                Assert.Equal(row, RowCodec.Read(ref rest, table.Columns));
                Assert.Equal(0, rest.Length);
                before = row;
            }
            Assert.Equal(before is null ? null : TableReader.KeyOf(table, before), TableReader.LastKey(snapshot.Connection, table));
        }
    }
}

public sealed class TableCatalogOnSqliteTests() : TableCatalogTests(DatabaseKind.Sqlite);
public sealed class TableCatalogOnMariaDbTests() : TableCatalogTests(DatabaseKind.MariaDb);
public sealed class TableCatalogOnPostgresTests() : TableCatalogTests(DatabaseKind.Postgres);
