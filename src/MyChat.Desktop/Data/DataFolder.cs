using System.Security.Cryptography;
using System.Text;
using MyChat.Xmpp.Jids;

namespace MyChat.Desktop.Data;

/// <summary>Where the program keeps what it has: a folder that only the user may enter.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode ForUserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder where it is not there.</summary>
    /// <param name="path">Where, or null for the system's usual place.</param>
    /// <exception cref="IOException">It cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    public DataFolder(string? path)
    {
        Path = System.IO.Path.GetFullPath(path ?? UsualPath());
        MakePrivate(Path);
    }

    public string Path { get; }

    /// <summary>Held by the program that runs on this folder.</summary>
    public string LockFile => In("lock");

    /// <summary>The one-time address of the window (<see cref="Loopback.AddressFile"/>).</summary>
    public string AddressFile => In("address");

    public string SettingsFile => In("settings.json");

    /// <summary>The remembered account, where the system has nothing safer.</summary>
    public string AccountFile => In("account");

    /// <summary>The browser's profile.</summary>
    public string BrowserFolder => In("browser");

    /// <summary>The database of an account.</summary>
    public string DatabaseFile(BareJid account)
    {
        var name = Uri.EscapeDataString(account.ToString());
        // File names end at 255 bytes on most systems.
        name = name.Length <= 120 ? name : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account.ToString())));
        MakePrivate(In("accounts"));
        return In(System.IO.Path.Combine("accounts", name + ".db"));
    }

    /// <summary>Writes a file that only the user may read, whole or not at all, and on disk when it returns.</summary>
    public static void Write(string file, ReadOnlySpan<byte> content)
    {
        var draft = file + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ForUserOnly;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }

    /// <summary>The file's content, or null when there is no such file.</summary>
    public static byte[]? Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            // Folders inside the user's profile are the user's alone by what they inherit.
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, FolderMode);
        if ((File.GetUnixFileMode(folder) & ~FolderMode) != 0)
        {
            File.SetUnixFileMode(folder, FolderMode);
        }
    }

    /// <summary>%LOCALAPPDATA%\MyChat, ~/Library/Application Support/MyChat, or $XDG_DATA_HOME/mychat.</summary>
    private static string UsualPath()
    {
        if (OperatingSystem.IsWindows())
        {
            return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "MyChat");
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
        {
            return System.IO.Path.Combine(home, "Library", "Application Support", "MyChat");
        }

        // XDG Base Directory Specification: a path that is not absolute counts as not set.
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        return System.IO.Path.Combine(System.IO.Path.IsPathRooted(data) ? data : System.IO.Path.Combine(home, ".local", "share"), "mychat");
    }
}
