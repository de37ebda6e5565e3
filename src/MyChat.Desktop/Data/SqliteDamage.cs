using System.Globalization;
using Microsoft.Data.Sqlite;
using MyChat.Client.Stores;

namespace MyChat.Desktop.Data;

/// <summary>What is done about a file that is broken, and how SQLite's errors are told.</summary>
internal static class SqliteDamage
{
    // Result codes of SQLite.
    private const int CannotWrite = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NoDatabase = 26;

    public static bool Is(SqliteException error) => error.SqliteErrorCode is Corrupt or NoDatabase;

    public static bool Is(StoreException error) => error.InnerException is SqliteException inner && Is(inner);

    public static StoreException Translate(SqliteException error) => error.SqliteErrorCode switch
    {
        Full => new StoreException("The disk is full.", isFull: true, error),
        Corrupt or NoDatabase => new StoreException("The history on this device is damaged.", isFull: false, error),
        CannotWrite => new StoreException("The history on this device cannot be written.", isFull: false, error),
        IoError => new StoreException($"The disk cannot be read or written: {error.Message}", isFull: false, error),
        _ => new StoreException($"The history on this device cannot be used: {error.Message}", isFull: false, error),
    };

    /// <summary>Notes that the file is damaged, so that the next start does not use it.</summary>
    public static void Remember(string file)
    {
        try
        {
            DataFolder.Write(Mark(file), []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next start finds out by itself.
        }
    }

    public static bool IsKnown(string file) => File.Exists(Mark(file));

    /// <summary>Gives a damaged file another name, with all that belongs to it; where it is now.</summary>
    /// <exception cref="StoreException">It cannot be moved.</exception>
    public static string SetAside(string file, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var aside = $"{file}.damaged-{stamp}";
        try
        {
            // The journal first: without the file it belongs to it does no harm, the other way round it does.
            foreach (var suffix in (string[])["-wal", "-shm", ""])
            {
                if (File.Exists(file + suffix))
                {
                    File.Move(file + suffix, aside + suffix);
                }
            }

            File.Delete(Mark(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The history on this device is damaged and cannot be set aside: {e.Message}", isFull: false, e);
        }

        return aside;
    }

    private static string Mark(string file) => file + ".damaged";
}
