using System.Globalization;
using MyChat.Host.Configuration;
using MyChat.Host.Control;
using MyChat.Server.Mailboxes;

namespace MyChat.Host.Commands;

/// <summary>mychat history …</summary>
internal static class HistoryCommands
{
    public static async Task<int> PruneAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        var prune = new HistoryPrune(
            Number(arguments, "--days", 36_500), Number(arguments, "--messages", int.MaxValue), arguments.Values.GetValueOrDefault("--user"), arguments.Given.Contains("--dry-run"));
        if (!prune.IsTrial && !arguments.Given.Contains("--yes")
            && !Confirmation.Ask("history prune", $"Remove {Described(prune)} of {Failure.Printable(prune.User ?? "all accounts")} for ever?"))
        {
            Console.WriteLine("Nothing was removed.");
            return Failure.Failed;
        }

        await using var access = await Access.OpenAsync(options, cancellation, mustExist: true);
        PruneProgress done;
        using (var progress = ProgressBar.For(arguments))
        {
            done = await Files.ToldAsync(() => access.Maintenance.PruneAsync(prune, progress, cancellation));
        }

        Output.Write(arguments, new { isDryRun = prune.IsTrial, done.Accounts, messages = done.Entries, done.Bytes }, () =>
            $"{(prune.IsTrial ? "Would remove" : "Removed")} {Output.Count(done.Entries, "message")} ({Output.Size(done.Bytes)}) of {Output.Count(done.Accounts, "account")}.");
        return 0;
    }

    private static string Described(HistoryPrune prune) => prune switch
    {
        { Days: { } days, Messages: { } messages } => $"what is older than {Output.Count(days, "day")} or than the newest {Output.Count(messages, "message")}",
        { Days: { } days } => $"what is older than {Output.Count(days, "day")}",
        { Messages: { } messages } => $"all but the newest {Output.Count(messages, "message")}",
        _ => "what the configuration does not keep",
    };

    private static int? Number(Arguments arguments, string option, int most)
    {
        if (!arguments.Values.TryGetValue(option, out var text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number
            : throw Failure.Configuration($"history prune: {option}={Failure.Printable(text)}: expected a whole number from 1 to {most}, as in {option}=365");
    }
}
