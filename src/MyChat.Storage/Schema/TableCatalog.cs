using System.Reflection;
using LinqToDB.Mapping;

namespace MyChat.Storage.Schema;

/// <summary>What a column holds, whatever a database calls it.</summary>
internal enum ValueKind
{
    Integer,
    Boolean,
    Text,
    Bytes,
}

internal sealed record StoredColumn(string Name, ValueKind Kind);

/// <summary>A table as backups and moves see it.</summary>
/// <param name="Key">The columns of the primary key, in its order.</param>
/// <param name="Identity">The column whose values the database gives, if there is one.</param>
internal sealed record StoredTable(string Name, IReadOnlyList<StoredColumn> Columns, IReadOnlyList<string> Key, string? Identity)
{
    /// <summary>The places of the key's columns among all.</summary>
    public IReadOnlyList<int> KeyPlaces { get; } =
        [.. Key.Select(name => Columns.Select((column, place) => (column, place)).First(known => known.column.Name == name).place)];

    /// <summary>Reads a table off its row class, so that a new column is in every backup from its first day.</summary>
    public static StoredTable Of(Type row)
    {
        var columns = new List<StoredColumn>();
        var key = new List<(int Order, string Name)>();
        string? identity = null;
        foreach (var property in row.GetProperties())
        {
            if (property.GetCustomAttribute<ColumnAttribute>()?.Name is not { } name)
            {
                continue;
            }
            columns.Add(new StoredColumn(name, KindOf(property.PropertyType)));
            if (property.GetCustomAttribute<PrimaryKeyAttribute>() is { } part)
            {
                key.Add((part.Order, name));
            }
            identity = property.GetCustomAttribute<IdentityAttribute>() is null ? identity : name;
        }
        var table = row.GetCustomAttribute<TableAttribute>()?.Name ?? throw new ArgumentException($"{row.Name} names no table.");
        return new StoredTable(table, columns, [.. key.OrderBy(part => part.Order).Select(part => part.Name)], identity);
    }

    private static ValueKind KindOf(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int64 or TypeCode.Int32 or TypeCode.Int16 => ValueKind.Integer,
        TypeCode.Boolean => ValueKind.Boolean,
        TypeCode.String => ValueKind.Text,
        _ when type == typeof(byte[]) => ValueKind.Bytes,
        _ => throw new NotSupportedException($"Backups do not know {type.Name}: teach {nameof(ValueKind)} and the row codec."),
    };
}

/// <summary>
/// All tables there are: what backups and moves carry, and what is made anew from it. A test compares the list with the schema, so that no
/// table is forgotten.
/// </summary>
internal static class TableCatalog
{
    /// <summary>What is carried, in the order in which it is.</summary>
    public static IReadOnlyList<StoredTable> Kept { get; } =
    [
        .. new[]
        {
            typeof(AccountRow), typeof(CredentialRow), typeof(RosterRow), typeof(DocumentRow), typeof(NodeRow), typeof(NodeItemRow), typeof(SecretRow),
            typeof(MessageRow), typeof(MailboxRow), typeof(MetaRow),
        }.Select(StoredTable.Of),
    ];

    /// <summary>Tables (or, with a star, tables whose names begin so) that are made anew from the others, and so are empty after a restore or a move.</summary>
    public static IReadOnlyList<string> Derived { get; } = ["search_*"];

    /// <summary>Rows of <c>meta</c> (with a star: that begin so) that speak of derived tables, and are not carried either.</summary>
    public static IReadOnlyList<string> DerivedMeta { get; } = [MetaRow.Unfinished, "search.*"];

    /// <summary>FluentMigrator's own.</summary>
    public const string Versions = "VersionInfo";

    public static StoredTable Meta { get; } = Kept.Single(table => table.Name == "meta");

    public static bool IsKept(string table) => Kept.Any(kept => kept.Name == table);

    public static bool IsOurs(string table) =>
        IsKept(table) || IsDerived(table) || table.Equals(Versions, StringComparison.OrdinalIgnoreCase);

    public static bool IsDerived(string table) => Derived.Any(name => Matches(name, table));

    /// <summary>Whether a row belongs to what is carried.</summary>
    public static bool Carries(StoredTable table, object?[] row) =>
        table.Name != Meta.Name || !DerivedMeta.Any(name => Matches(name, (string)row[table.KeyPlaces[0]]!)); // a key is never null

    private static bool Matches(string name, string actual) =>
        name.EndsWith('*') ? actual.StartsWith(name[..^1], StringComparison.Ordinal) : actual == name;
}
