using System.Diagnostics;

namespace MyChat.Testing.Servers;

/// <summary>The programs as <c>./run</c> makes them: published, the server with its web client. Made once per change of the sources, which takes a minute or two.</summary>
public static class PublishedProgram
{
    private static readonly Lazy<Task<string>> Server = new(() => MakeAsync("mychat"));
    private static readonly Lazy<Task<string>> Desktop = new(async () =>
    {
        await Server.Value; // both write into the same folders of the build
        return await MakeAsync("mychat-desktop", "desktop");
    });

    /// <summary>The path of <c>mychat</c>; pass it to <see cref="ServerProcess.StartAsync"/>.</summary>
    public static Task<string> PathAsync() => Server.Value;

    /// <summary>The path of <c>mychat-desktop</c>.</summary>
    public static Task<string> DesktopPathAsync() => Desktop.Value;

    /// <summary>Where the sources are.</summary>
    public static string Root { get; } = FindRoot();

    private static async Task<string> MakeAsync(string name, params string[] arguments)
    {
        using var publish = Process.Start(new ProcessStartInfo("sh", [Path.Combine(Root, ".ci", "publish"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!; // null only with the shell's help
        var output = publish.StandardOutput.ReadToEndAsync();
        var error = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? Path.Combine((await output).Trim(), name)
            : throw new InvalidOperationException($"The program cannot be published:\n{await output}{await error}");
    }

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "MyChat.slnx")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }
        return directory;
    }
}
