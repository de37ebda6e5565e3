using System.Diagnostics;
using System.Text;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Commands;

/// <summary>The prompt on a real terminal, which script(1) of util-linux makes.</summary>
public sealed class PasswordPromptTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("mychat-prompt-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_typed_is_asked_twice_and_never_shown()
    {
        var screen = await TypeAsync("tybalt", "tybalt");

        Assert.Contains("romeo@localhost was created.", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("tybalt", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_differ_change_nothing()
    {
        var screen = await TypeAsync("tybalt", "mercutio");

        Assert.Contains("the two passwords are not the same; nothing was changed", screen, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private async Task<string> TypeAsync(string first, string second)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script(1) is not here");
        var start = new ProcessStartInfo("/usr/bin/script", ["-qefc", $"'{ServerProcess.BuiltProgram}' user add romeo", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = _folder,
        };
        using var process = Process.Start(start)!; // null only with the shell's help
        using var patience = new CancellationTokenSource(Patience);
        var screen = new StringBuilder();
        await UntilAsync("Password for romeo: ");
        await process.StandardInput.WriteAsync(first + "\r");
        await process.StandardInput.FlushAsync(patience.Token);
        await UntilAsync("Once more: ");
        await process.StandardInput.WriteAsync(second + "\r");
        await process.StandardInput.FlushAsync(patience.Token);
        await UntilAsync(null);
        return screen.ToString();

        async Task UntilAsync(string? text)
        {
            var buffer = new char[256];
            while (text is null || !screen.ToString().Contains(text, StringComparison.Ordinal))
            {
                var count = await process.StandardOutput.ReadAsync(buffer, patience.Token);
                if (count == 0)
                {
                    Assert.True(text is null, screen.ToString());
                    return;
                }

                screen.Append(buffer, 0, count);
            }
        }
    }
}
