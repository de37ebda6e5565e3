using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Transfer;

/// <summary>Reads whole tables in the order of their keys, row by row: memory stays flat however long a table is.</summary>
internal static class TableReader
{
    /// <summary>The rows of a table that are carried.</summary>
    /// <param name="connection">Inside a snapshot where others write.</param>
    /// <param name="table">Which table.</param>
    /// <param name="after">The key after which to begin; null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async IAsyncEnumerable<object?[]> ReadAsync(
        DbConnection connection, StoredTable table, object?[]? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0; // as long as it takes
        var key = string.Join(',', table.Key);
        command.CommandText = $"SELECT {string.Join(',', table.Columns.Select(column => column.Name))} FROM {table.Name}";
        if (after is not null)
        {
            command.CommandText += $" WHERE ({key})>({string.Join(',', table.Key.Select((_, i) => $"@k{i}"))})";
            for (var i = 0; i < after.Length; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"@k{i}", after[i]);
                command.Parameters.Add(parameter);
            }
        }
        command.CommandText += $" ORDER BY {key}";
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = ReadRow(reader, table);
            if (TableCatalog.Carries(table, row))
            {
                yield return row;
            }
        }
    }

    /// <summary>The highest key that a table has, or null when it is empty.</summary>
    public static object?[]? LastKey(DbConnection connection, StoredTable table)
    {
        using var command = connection.CreateCommand();
        var columns = table.Columns.Select(column => column.Name);
        command.CommandText = $"SELECT {string.Join(',', columns)} FROM {table.Name} ORDER BY {string.Join(',', table.Key.Select(name => name + " DESC"))} LIMIT 1";
        using var reader = command.ExecuteReader();
        return reader.Read() ? KeyOf(table, ReadRow(reader, table)) : null;
    }

    public static object?[] KeyOf(StoredTable table, object?[] row) => [.. table.KeyPlaces.Select(place => row[place])];

    private static object?[] ReadRow(DbDataReader reader, StoredTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = RowCodec.Read(reader, i, table.Columns[i].Kind);
        }
        return row;
    }
}
