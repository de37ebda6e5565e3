using System.Data.Common;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Transfer;

/// <summary>The mark on a database that a restore or a move has not filled to the end: nobody may take it for whole.</summary>
internal static class Unfinished
{
    /// <exception cref="StorageException">The database bears the mark.</exception>
    public static void Refuse(DatabaseProvider provider)
    {
        using var connection = provider.OpenWriter();
        if (Read(connection) is not null)
        {
            throw new StorageException(
                $"{provider.Description} is half filled: a restore or a move into it was cut off. Run that command again; it goes on or begins anew.");
        }
    }

    /// <summary>The mark's value; null when there is none.</summary>
    public static long? Read(DbConnection connection) =>
        DatabaseProvider.Query(connection, "SELECT value FROM meta WHERE name=@name", ("@name", MetaRow.Unfinished)) is { } value and not DBNull
            ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    public static void Set(DbConnection connection, long value) =>
        DatabaseProvider.Query(connection, "INSERT INTO meta(name,value) VALUES (@name,@value)", ("@name", MetaRow.Unfinished), ("@value", value));

    public static void Clear(DbConnection connection) =>
        DatabaseProvider.Query(connection, "DELETE FROM meta WHERE name=@name", ("@name", MetaRow.Unfinished));
}
