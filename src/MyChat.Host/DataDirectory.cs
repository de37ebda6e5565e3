using System.Runtime.InteropServices;

namespace MyChat.Host;

/// <summary>The folder that belongs to one running server, or to one command that opens the database itself.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public static string LockFile(string path) => System.IO.Path.Combine(path, "mychat.lock");

    /// <summary>What this process creates from now on, sockets too, is for its user alone from its first moment.</summary>
    public static void KeepNewFilesPrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = UMask(0x3F); // octal 077
        }
    }

    /// <summary>Makes the folder if it is missing and takes its lock; null when somebody else has it.</summary>
    /// <exception cref="Failure">The folder cannot be made or written to.</exception>
    public static DataDirectory? TryOpen(string path)
    {
        try
        {
            CreatePrivate(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Failure.Configuration($"DataDirectory={Failure.Printable(path)}: expected a folder that can be made: {Failure.Printable(refused.Message)}");
        }

        return Lock(path) is { } held ? new DataDirectory(path, held) : null;
    }

    /// <summary>Makes a folder, with those above it, for this user only.</summary>
    public static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    public void Dispose()
    {
        // The file stays: removing it would let a third process lock a new one while a second still holds the old.
        _lock.SetLength(0);
        _lock.Dispose();
    }

    private static FileStream? Lock(string path)
    {
        try
        {
            var held = new FileStream(LockFile(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            held.Flush();
            return held;
        }
        catch (IOException inUse) when (IsSharingViolation(inUse))
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Failure.Configuration($"DataDirectory={Failure.Printable(path)}: expected a folder to write to: {Failure.Printable(refused.Message)}");
        }
    }

    /// <summary>ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; on Unix the platform's EWOULDBLOCK (11 on Linux, 35 on BSD and macOS).</summary>
    private static bool IsSharingViolation(IOException error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 32 or 33 : error.HResult is 11 or 35;

    [DllImport("libc", EntryPoint = "umask"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint UMask(uint mask);
}
