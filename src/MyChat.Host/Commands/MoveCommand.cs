using MyChat.Host.Configuration;
using MyChat.Host.Control;
using MyChat.Storage;
using MyChat.Storage.Moves;

namespace MyChat.Host.Commands;

/// <summary>mychat move.</summary>
internal static class MoveCommand
{
    /// <summary>Where the target's connection string may stand, for arguments are seen by every user of the machine.</summary>
    public const string Variable = "MYCHAT_TO_CONNECTION_STRING";

    public static async Task<int> RunAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        var from = options.ToStorage();
        var to = Target(arguments, options);
        using var directory = await Access.OpenStoppedAsync("move", options, cancellation);
        using var other = to.DataDirectory == options.DataDirectory ? null : DataDirectory.TryOpen(to.DataDirectory)
            ?? throw Failure.Now($"{to.DataDirectory} is in use by another mychat");
        MoveSummary summary;
        using (var progress = ProgressBar.For(arguments))
        {
            summary = await Files.ToldAsync(() => Database.Exists(from)
                ? DatabaseMove.RunAsync(from, to, arguments.Given.Contains("--replace"), progress, cancellation)
                : throw new StorageException($"there is no MyChat database here yet ({options.DataDirectory}): give the same configuration as the server's"));
        }

        Output.Write(arguments, summary, () => Words(summary, to));
        return 0;
    }

    private static string Words(MoveSummary summary, StorageOptions to)
    {
        var moved = $"Moved {Output.Count(summary.Rows["account"], "account")} and {Output.Count(summary.Rows["message"], "message")}"
            + $"\n  from  {summary.From}\n  to    {summary.To}\nBoth hold the same, table by table. ";
        return moved + (to.Provider == "sqlite"
            ? "Start the server without Storage:Provider and Storage:ConnectionString."
            : $"Start the server with Storage:Provider={to.Provider} and its Storage:ConnectionString.")
            + "\nThe old database was left as it is; remove it when all is well.";
    }

    private static StorageOptions Target(Arguments arguments, MyChatOptions options)
    {
        var provider = arguments.Values.GetValueOrDefault("--to")?.ToLowerInvariant()
            ?? throw Failure.Configuration("move: expected --to=sqlite, --to=mysql or --to=postgres; mychat help move tells more");
        var connection = arguments.Values.GetValueOrDefault("--to-connection-string") ?? Environment.GetEnvironmentVariable(Variable) ?? "";
        var to = new StorageOptions
        {
            Provider = provider,
            ConnectionString = provider == "sqlite" ? "" : connection,
            DataDirectory = Path.GetFullPath(arguments.Values.GetValueOrDefault("--to-directory") ?? options.DataDirectory),
            ConnectSeconds = options.Storage.ConnectSeconds,
            CommandSeconds = options.Storage.CommandSeconds,
        };
        try
        {
            to.Validate();
            return to;
        }
        catch (StorageException wrong)
        {
            throw Failure.Configuration(wrong.Message
                .Replace("Storage:ConnectionString=…", $"--to-connection-string=… (or {Variable} in the environment)", StringComparison.Ordinal)
                .Replace("Storage:Provider=", "--to=", StringComparison.Ordinal));
        }
    }
}
