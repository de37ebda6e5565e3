using System.Data;
using System.Data.Common;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Transfer;

/// <summary>Puts rows into a table, many to a statement and many statements to a transaction. What was committed stays when it is cut off.</summary>
internal sealed class TableFiller : IDisposable
{
    private const int StatementBytes = 512 * 1024;
    private const int TransactionBytes = 8 * 1024 * 1024;
    private const int TransactionRows = 20_000;

    private readonly DatabaseProvider provider;
    private readonly DbConnection connection;
    private readonly StoredTable table;
    private readonly RowInsert insert;
    private readonly int statementRows;
    private int rows; // in the statement
    private int bytes;
    private int openRows; // in the transaction
    private int openBytes;
    private bool isOpen;

    public TableFiller(DatabaseProvider provider, DbConnection connection, StoredTable table)
    {
        (this.provider, this.connection, this.table) = (provider, connection, table);
        statementRows = provider.StatementRows[0];
        insert = provider.PrepareInsert(
            connection, table.Name, table.Identity is null ? "" : provider.GivenIdentity, [.. table.Columns.Select(column => (column.Name, TypeOf(column.Kind)))]);
    }

    public void Add(object?[] row)
    {
        var size = row.Sum(SizeOf);
        if (size > provider.LongestStanza)
        {
            throw new StorageException($"A row of {size} bytes in {table.Name} is longer than {provider.Description} takes in.");
        }
        if (!isOpen)
        {
            DatabaseProvider.Query(connection, provider.Begin);
            isOpen = true;
        }
        if (rows > 0 && (rows == statementRows || bytes + size > StatementBytes))
        {
            Flush();
        }
        foreach (var value in row)
        {
            insert.Add(value ?? DBNull.Value);
        }
        (rows, bytes, openRows, openBytes) = (rows + 1, bytes + size, openRows + 1, openBytes + size);
        if (openBytes > TransactionBytes || openRows >= TransactionRows)
        {
            Commit();
        }
    }

    public void Commit()
    {
        if (isOpen)
        {
            Flush();
            DatabaseProvider.Query(connection, "COMMIT");
            (isOpen, openRows, openBytes) = (false, 0, 0);
        }
    }

    public void Dispose() => insert.Dispose();

    private void Flush()
    {
        insert.Flush();
        (rows, bytes) = (0, 0);
    }

    private static int SizeOf(object? value) => value switch
    {
        string text => System.Text.Encoding.UTF8.GetByteCount(text),
        byte[] content => content.Length,
        _ => sizeof(long),
    };

    private static DbType TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Integer => DbType.Int64,
        ValueKind.Boolean => DbType.Boolean,
        ValueKind.Text => DbType.String,
        _ => DbType.Binary,
    };
}
