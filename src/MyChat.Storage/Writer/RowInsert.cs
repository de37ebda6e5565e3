using System.Runtime.InteropServices;
using System.Text;

namespace MyChat.Storage.Writer;

/// <summary>Inserts any number of rows by a few prepared statements of fixed sizes.</summary>
/// <param name="columns">How many a row has.</param>
/// <param name="sizes">Rows per statement, largest first; the last is 1.</param>
internal abstract class RowInsert(int columns, IReadOnlyList<int> sizes) : IDisposable
{
    private readonly List<object> values = [];

    public void Add(object value) => values.Add(value);

    /// <summary>Executes what was added; the values of each row must be complete.</summary>
    public void Flush()
    {
        try
        {
            var rest = CollectionsMarshal.AsSpan(values);
            for (var statement = 0; statement < sizes.Count; statement++)
            {
                for (var count = sizes[statement] * columns; rest.Length >= count; rest = rest[count..])
                {
                    Execute(statement, rest[..count]);
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

    public abstract void Dispose();

    /// <summary>Executes one of the statements, by its place among the sizes.</summary>
    protected abstract void Execute(int statement, ReadOnlySpan<object> parameters);

    /// <summary>A statement of so many rows, whose parameters are called as a function of their place says.</summary>
    protected static string Sql(string table, string clause, IReadOnlyList<string> columns, int rows, Func<int, string> parameter)
    {
        var sql = new StringBuilder($"INSERT INTO {table}({string.Join(',', columns)}){clause} VALUES ");
        for (var row = 0; row < rows; row++)
        {
            var first = row * columns.Count;
            sql.Append(row == 0 ? "(" : ",(").AppendJoin(',', Enumerable.Range(first, columns.Count).Select(parameter)).Append(')');
        }
        return sql.ToString();
    }
}
