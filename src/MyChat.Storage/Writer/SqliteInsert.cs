using System.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MyChat.Storage.Writer;

/// <summary>
/// Rows by SQLite's own statements: the driver looks every parameter of a command up by its name each time, which takes as long as the insert itself.
/// </summary>
internal sealed class SqliteInsert : RowInsert
{
    private readonly sqlite3 handle;
    private readonly List<sqlite3_stmt> statements = [];

    /// <inheritdoc cref="CommandInsert(System.Data.Common.DbConnection, IReadOnlyList{int}, string, string, IReadOnlyList{ValueTuple{string, DbType}})"/>
    public SqliteInsert(SqliteConnection connection, IReadOnlyList<int> sizes, string table, string clause, IReadOnlyList<string> columns)
        : base(columns.Count, sizes)
    {
        handle = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        foreach (var rows in sizes)
        {
            Check(raw.sqlite3_prepare_v3(handle, Sql(table, clause, columns, rows, _ => "?"), raw.SQLITE_PREPARE_PERSISTENT, out var statement));
            statements.Add(statement);
        }
    }

    public override void Dispose() => statements.ForEach(statement => statement.Dispose());

    protected override void Execute(int statement, ReadOnlySpan<object> parameters)
    {
        var prepared = statements[statement];
        try
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                Check(Bind(prepared, i + 1, parameters[i]));
            }
            Check(raw.sqlite3_step(prepared));
        }
        finally
        {
            // What it returns is the step's failure once more.
            _ = raw.sqlite3_reset(prepared);
        }
    }

    private static int Bind(sqlite3_stmt statement, int place, object value) => value switch
    {
        long number => raw.sqlite3_bind_int64(statement, place, number),
        int number => raw.sqlite3_bind_int64(statement, place, number),
        bool flag => raw.sqlite3_bind_int64(statement, place, flag ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        string text => raw.sqlite3_bind_text(statement, place, text),
        DBNull => raw.sqlite3_bind_null(statement, place),
        _ => throw new ArgumentException($"A {value.GetType()} is no value of a column."),
    };

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, handle);
}
