namespace MyChat.Desktop.Instances;

/// <summary>Held by the one program that runs on a data folder; the system gives it back however that program ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or gives null when another program has it.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder is somebody else's.</exception>
    public static InstanceLock? TryTake(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new InstanceLock(new FileStream(file, options));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
