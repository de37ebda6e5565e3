using System.Data;
using System.Data.Common;

namespace MyChat.Storage.Writer;

/// <summary>Rows by commands of the database's driver.</summary>
internal sealed class CommandInsert : RowInsert
{
    private readonly List<DbCommand> commands = [];

    /// <param name="connection">Where to.</param>
    /// <param name="sizes">Rows per statement, largest first; the last is 1.</param>
    /// <param name="table">Into which table.</param>
    /// <param name="clause">What stands before VALUES.</param>
    /// <param name="columns">Of each row.</param>
    public CommandInsert(DbConnection connection, IReadOnlyList<int> sizes, string table, string clause, IReadOnlyList<(string Name, DbType Type)> columns)
        : base(columns.Count, sizes)
    {
        foreach (var rows in sizes)
        {
            var command = connection.CreateCommand();
            command.CommandText = Sql(table, clause, [.. columns.Select(column => column.Name)], rows, place => "@p" + place);
            for (var i = 0; i < rows * columns.Count; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@p" + i;
                parameter.DbType = columns[i % columns.Count].Type;
                command.Parameters.Add(parameter);
            }
            command.Prepare();
            commands.Add(command);
        }
    }

    public override void Dispose() => commands.ForEach(command => command.Dispose());

    protected override void Execute(int statement, ReadOnlySpan<object> parameters)
    {
        var command = commands[statement];
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i];
        }
        command.ExecuteNonQuery();
    }
}
