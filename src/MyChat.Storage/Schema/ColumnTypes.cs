using System.Globalization;

namespace MyChat.Storage.Schema;

/// <summary>What a kind of database calls the types of columns that differ.</summary>
/// <param name="KeyFormat">The type of a text that is found by its bytes.</param>
/// <param name="Text">Any text. Nobody compares it: that is for PRECIS and folding to do, before it is stored.</param>
/// <param name="Bytes">Any bytes.</param>
internal sealed record ColumnTypes(string KeyFormat, string Text, string Bytes)
{
    public static readonly ColumnTypes Sqlite = new("TEXT", "TEXT", "BLOB");

    // An index of utf8mb4 holds 768 characters at most, and such text ignores spaces at its end: the bytes of UTF-8 do as one expects.
    public static readonly ColumnTypes MySql = new("VARBINARY({0})", "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "LONGBLOB");

    public static readonly ColumnTypes Postgres = new("TEXT COLLATE \"C\"", "TEXT COLLATE \"C\"", "BYTEA");

    /// <summary>A text of at most so many bytes, found by its bytes: case, accents and spaces all count.</summary>
    public string Key(int bytes) => string.Format(CultureInfo.InvariantCulture, KeyFormat, bytes);

    /// <param name="database">As FluentMigrator calls it.</param>
    public static ColumnTypes Of(string database) => database switch
    {
        _ when database.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase) => Sqlite,
        _ when database.StartsWith("MySql", StringComparison.OrdinalIgnoreCase) => MySql,
        _ when database.StartsWith("Postgres", StringComparison.OrdinalIgnoreCase) => Postgres,
        _ => throw new NotSupportedException($"No types are known for {database}."),
    };
}
