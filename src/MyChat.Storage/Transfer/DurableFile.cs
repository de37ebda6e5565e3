using System.Runtime.InteropServices;
using System.Text;

namespace MyChat.Storage.Transfer;

/// <summary>Files that are whole or not there at all, whatever happens meanwhile; readable by their owner only.</summary>
public static class DurableFile
{
    /// <summary>Opens a new file beside <paramref name="path"/>, which <see cref="Keep"/> then puts in its place.</summary>
    public static FileStream Begin(string path)
    {
        var unfinished = Unfinished(path);
        File.Delete(unfinished); // a create mode is for new files only
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(unfinished, options);
    }

    /// <summary>Syncs and closes what <see cref="Begin"/> opened, and gives it its name.</summary>
    public static void Keep(FileStream file, string path)
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
        Rename(Unfinished(path), path);
    }

    /// <summary>Takes away what <see cref="Begin"/> opened.</summary>
    public static void Abandon(FileStream file, string path)
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: what it still held back is not wanted.
        }
        File.Delete(Unfinished(path));
    }

    /// <summary>Gives a synced file its name, for good.</summary>
    public static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(to))!); // a file is in a folder
    }

    /// <summary>A name is on disk when its folder is.</summary>
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (descriptor >= 0)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    private static string Unfinished(string path) => path + ".unfinished";

    [DllImport("libc", EntryPoint = "open"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
