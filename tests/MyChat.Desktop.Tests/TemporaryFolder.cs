namespace MyChat.Desktop.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mychat-desktop-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a program of a shell script.</summary>
    public string Script(string name, string text)
    {
        var file = this[name];
        File.WriteAllText(file, "#!/bin/sh\n" + text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
