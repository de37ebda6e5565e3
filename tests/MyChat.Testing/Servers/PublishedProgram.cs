using System.Diagnostics;

namespace MyChat.Testing.Servers;

/// <summary>The program as <c>./run</c> makes it: published, with the web client. Made once per change of the sources, which takes a minute or two.</summary>
public static class PublishedProgram
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    /// <summary>The path of <c>mychat</c>; pass it to <see cref="ServerProcess.StartAsync"/>.</summary>
    public static Task<string> PathAsync() => Made.Value;

    private static async Task<string> MakeAsync()
    {
        using var publish = Process.Start(new ProcessStartInfo("sh", [Path.Combine(Root(), ".ci", "publish")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!; // null only with the shell's help
        var output = publish.StandardOutput.ReadToEndAsync();
        var error = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? Path.Combine((await output).Trim(), "mychat")
            : throw new InvalidOperationException($"The program cannot be published:\n{await output}{await error}");
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "MyChat.slnx")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }
        return directory;
    }
}
