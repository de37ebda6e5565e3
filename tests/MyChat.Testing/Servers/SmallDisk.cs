using System.Diagnostics;
using System.Globalization;

namespace MyChat.Testing.Servers;

/// <summary>A small file system, in memory, that takes the place of a directory with all that is in it: so a disk can be full. It goes when it is disposed.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _directory;

    private SmallDisk(string directory) => _directory = directory;

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Obstacle => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "only root of a Linux can mount a small file system";

    private string Ballast => Path.Combine(_directory, "ballast");

    /// <summary>Takes a directory over that nobody uses.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="room">How many bytes more than now it can hold.</param>
    public static async Task<SmallDisk> TakeOverAsync(string directory, long room)
    {
        var before = directory + ".before";
        Directory.Move(directory, before);
        Directory.CreateDirectory(directory);
        var used = new DirectoryInfo(before).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length + 8192);
        await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={used + room}"), "tmpfs", directory);
        await RunAsync("cp", "-a", before + "/.", directory);
        Directory.Delete(before, recursive: true);
        return new SmallDisk(directory);
    }

    /// <summary>Takes up the room, but for so many bytes.</summary>
    public void Fill(long left)
    {
        using var file = File.OpenHandle(Ballast, FileMode.Create, FileAccess.Write);
        var chunk = new byte[64 * 1024];
        try
        {
            for (var room = new DriveInfo(_directory).AvailableFreeSpace - left; room > 0; room -= chunk.Length)
            {
                RandomAccess.Write(file, chunk.AsSpan(0, (int)Math.Min(room, chunk.Length)), RandomAccess.GetLength(file));
            }
        }
        catch (IOException)
        {
            // Others were faster: it is full.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Ballast);

    // Whoever still uses it keeps it until he ends.
    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", _directory);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!; // null only with the shell's help
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors}");
        }
    }
}
