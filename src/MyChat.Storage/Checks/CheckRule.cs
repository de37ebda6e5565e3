using System.Data.Common;
using System.Globalization;
using LinqToDB.Data;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Checks;

/// <summary>Something that is true of every sound database.</summary>
/// <param name="name">For programs: <c>entries-without-message</c>.</param>
/// <param name="text">For people: what is wrong where it is not true.</param>
/// <param name="isNote">Whether it may come about by itself, after a crash for example, and harms nobody.</param>
internal abstract class CheckRule(string name, string text, bool isNote = false)
{
    public string Name => name;
    public string Text => text;
    public bool IsNote => isNote;

    /// <summary>Whether it can be mended.</summary>
    public virtual bool CanMend => true;

    /// <summary>How many cases there are, in a snapshot or in the writer's transaction.</summary>
    public abstract long Count(DbConnection connection);

    /// <summary>Mends all of them, in the writer's transaction.</summary>
    public virtual void Mend(WriterSession session) => throw new NotSupportedException($"{name} cannot be mended.");

    protected static long Number(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
    }
}

/// <summary>A rule whose exceptions are rows.</summary>
/// <param name="table">Of which table.</param>
/// <param name="condition">What is true of a wrong row.</param>
/// <param name="set">What an UPDATE sets to mend it; null where the row goes.</param>
internal sealed class RowRule(string name, string text, string table, string condition, string? set = null, bool isNote = false)
    : CheckRule(name, text, isNote)
{
    public override long Count(DbConnection connection) => Number(connection, $"SELECT count(*) FROM {table} WHERE {condition}");

    public override void Mend(WriterSession session) =>
        session.Db.Execute(set is null ? $"DELETE FROM {table} WHERE {condition}" : $"UPDATE {table} SET {set} WHERE {condition}");
}
