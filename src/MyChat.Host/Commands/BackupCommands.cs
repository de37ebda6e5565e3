using MyChat.Host.Configuration;
using MyChat.Host.Control;
using MyChat.Storage;
using MyChat.Storage.Backups;
using MyChat.Storage.Transfer;

namespace MyChat.Host.Commands;

/// <summary>mychat backup and mychat restore.</summary>
internal static class BackupCommands
{
    public static async Task<int> BackupAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(arguments.Words[0]);
        await RefuseToOverwriteAsync(path, cancellation);
        await using var access = await Access.OpenAsync(options, cancellation, mustExist: true);
        BackupSummary summary;
        using (var progress = ProgressBar.For(arguments))
        {
            summary = await Files.WriteAsync(path, file => access.Maintenance.BackupAsync(file, progress, cancellation));
        }

        Output.Write(
            arguments,
            new { file = path, summary.Domain, summary.Created, summary.Accounts, summary.Messages, summary.Bytes },
            () => $"{arguments.Words[0]}: {Output.Count(summary.Accounts, "account")}, {Output.Count(summary.Messages, "message")}, {Output.Size(summary.Bytes)}.");
        return 0;
    }

    public static async Task<int> RestoreAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        var mayReplace = arguments.Given.Contains("--replace");
        await using var file = Files.Read(arguments.Words[0]);
        using var directory = await Access.OpenStoppedAsync("restore", options, cancellation);
        BackupSummary summary;
        using (var progress = ProgressBar.For(arguments))
        {
            summary = await Files.ToldAsync(() => VerifyAsync(file, options, progress, cancellation));
            file.Position = 0;
            var kept = await Files.ToldAsync(() => Backup.RestoreAsync(file, options.ToStorage(), mayReplace, progress, cancellation));
            Keep(kept, options, mayReplace);
        }

        Output.Write(
            arguments,
            new { summary.Domain, summary.Created, summary.Accounts, summary.Messages },
            () => $"Restored {Output.Count(summary.Accounts, "account")} and {Output.Count(summary.Messages, "message")} of {summary.Domain}, as of {Output.Time(summary.Created)}.");
        return 0;
    }

    private static async Task<BackupSummary> VerifyAsync(
        Stream file, MyChatOptions options, IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        var summary = await Backup.VerifyAsync(file, progress, cancellation);
        return summary.Domain == options.Server.Domain
            ? summary
            : throw Failure.Configuration($"this backup is of {Failure.Printable(summary.Domain)}, and Domain is {options.Server.Domain}: expected --Domain={Failure.Printable(summary.Domain)}");
    }

    /// <summary>Puts the data directory's files where they were; what is there stays unless it may be replaced.</summary>
    private static void Keep(IReadOnlyList<BackupFile> files, MyChatOptions options, bool mayReplace)
    {
        foreach (var kept in files)
        {
            var path = Path.Combine(options.DataDirectory, Path.GetFileName(kept.Name));
            if (mayReplace || !File.Exists(path))
            {
                var file = DurableFile.Begin(path);
                file.Write(kept.Content);
                DurableFile.Keep(file, path);
            }
        }
    }

    /// <summary>An older backup may go for a new one, but nothing else: a slip of the hand must not cost a database.</summary>
    private static async Task RefuseToOverwriteAsync(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            throw Failure.Configuration($"{Failure.Printable(path)} is a folder: expected a file in it, such as {Path.Combine(path, "mychat.backup")}");
        }

        if (!File.Exists(path))
        {
            return;
        }

        await using var file = Files.Read(path);
        if (!await Backup.IsBackupAsync(file, cancellation))
        {
            throw Failure.Now($"{Failure.Printable(path)} is there already and is no backup: expected another name");
        }
    }
}
