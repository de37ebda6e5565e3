using MyChat.Storage;
using MyChat.Storage.Transfer;

namespace MyChat.Host.Commands;

/// <summary>The files that commands read and write; what is wrong with one is said in a line.</summary>
internal static class Files
{
    /// <exception cref="Failure">It cannot be read.</exception>
    public static FileStream Read(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.ReadWrite });
        }
        catch (Exception unreadable) when (IsFault(unreadable))
        {
            throw Failure.Now($"cannot read {Failure.Printable(path)}: {Failure.Printable(unreadable.Message)}");
        }
    }

    /// <summary>Writes a file that is whole or not there, for this user only.</summary>
    /// <exception cref="Failure">It cannot be written; nothing of it stays.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        FileStream? file = null;
        try
        {
            file = DurableFile.Begin(path);
            var result = await write(file);
            DurableFile.Keep(file, path);
            return result;
        }
        catch (Exception failure)
        {
            if (file is not null)
            {
                DurableFile.Abandon(file, path);
            }

            throw failure switch
            {
                StorageException refused => Failure.Now(refused.Message),
                _ when IsFault(failure) => Failure.Now($"cannot write {Failure.Printable(path)}: {Failure.Printable(failure.Message)}"),
                _ => failure,
            };
        }
    }

    /// <summary>Runs what may be refused in words for the operator.</summary>
    public static async Task<T> ToldAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (StorageException refused)
        {
            throw Failure.Now(refused.Message);
        }
    }

    private static bool IsFault(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
