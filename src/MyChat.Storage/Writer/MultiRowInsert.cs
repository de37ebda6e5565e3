using System.Data;
using System.Data.Common;
using System.Text;

namespace MyChat.Storage.Writer;

/// <summary>Inserts any number of rows by a few prepared statements of fixed sizes.</summary>
internal sealed class MultiRowInsert : IDisposable
{
    private readonly int columns;
    private readonly List<(int Rows, DbCommand Command)> statements = []; // largest first; the last takes one row
    private readonly List<object> values = [];

    public MultiRowInsert(DbConnection connection, IReadOnlyList<int> sizes, string table, params (string Name, DbType Type)[] columns)
        : this(connection, sizes, table, "", columns)
    {
    }

    /// <param name="connection">Where to.</param>
    /// <param name="sizes">Rows per statement, largest first; the last is 1.</param>
    /// <param name="table">Into which table.</param>
    /// <param name="clause">What stands before VALUES.</param>
    /// <param name="columns">Of each row.</param>
    public MultiRowInsert(DbConnection connection, IReadOnlyList<int> sizes, string table, string clause, (string Name, DbType Type)[] columns)
    {
        this.columns = columns.Length;
        foreach (var rows in sizes)
        {
            statements.Add((rows, Prepare(connection, rows, table, clause, columns)));
        }
    }

    public void Add(object value) => values.Add(value);

    /// <summary>Executes what was added; the values of each row must be complete.</summary>
    public void Flush()
    {
        try
        {
            var next = 0;
            foreach (var (rows, command) in statements)
            {
                while (values.Count - next >= rows * columns)
                {
                    var parameters = command.Parameters;
                    for (var i = 0; i < parameters.Count; i++)
                    {
                        parameters[i].Value = values[next++];
                    }
                    command.ExecuteNonQuery();
                }
            }
        }
        finally
        {
            values.Clear();
        }
    }

    /// <summary>Forgets what was added since the last <see cref="Flush"/>.</summary>
    public void Clear() => values.Clear();

    public void Dispose()
    {
        foreach (var (_, command) in statements)
        {
            command.Dispose();
        }
    }

    private static DbCommand Prepare(DbConnection connection, int rows, string table, string clause, (string Name, DbType Type)[] columns)
    {
        var command = connection.CreateCommand();
        var sql = new StringBuilder($"INSERT INTO {table}({string.Join(',', columns.Select(column => column.Name))}){clause} VALUES ");
        for (var i = 0; i < rows * columns.Length; i++)
        {
            var first = i % columns.Length == 0;
            sql.Append(!first ? "," : i == 0 ? "(" : "),(").Append("@p").Append(i);
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + i;
            parameter.DbType = columns[i % columns.Length].Type;
            command.Parameters.Add(parameter);
        }
        command.CommandText = sql.Append(')').ToString();
        command.Prepare();
        return command;
    }
}
