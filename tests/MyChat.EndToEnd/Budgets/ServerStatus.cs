using System.Diagnostics;
using System.Text.Json;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Budgets;

/// <summary>What <c>mychat status --json</c> tells of a server.</summary>
internal sealed record ServerStatus(long Messages, long Commits, long AllocatedBytes)
{
    public static async Task<ServerStatus> ReadAsync(ServerProcess server)
    {
        var start = new ProcessStartInfo(ServerProcess.BuiltProgram, ["status", "--json", $"--DataDirectory={Path.Combine(server.DataDirectory, "data")}"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!; // null only with the shell's help
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonSerializer.Deserialize<ServerStatus>(output, JsonSerializerOptions.Web)!; // an object, or it throws
    }

    public static ServerStatus operator -(ServerStatus one, ServerStatus other) =>
        new(one.Messages - other.Messages, one.Commits - other.Commits, one.AllocatedBytes - other.AllocatedBytes);
}
