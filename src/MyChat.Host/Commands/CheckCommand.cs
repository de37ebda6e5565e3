using MyChat.Host.Configuration;
using MyChat.Host.Control;
using MyChat.Storage.Checks;

namespace MyChat.Host.Commands;

/// <summary>mychat check.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        await using var access = await Access.OpenAsync(options, cancellation, mustExist: true);
        IReadOnlyList<CheckFinding> findings;
        using (var progress = ProgressBar.For(arguments))
        {
            findings = await Files.ToldAsync(() => arguments.Given.Contains("--repair")
                ? access.Maintenance.RepairAsync(progress, cancellation)
                : access.Maintenance.CheckAsync(progress, cancellation));
        }

        var isSound = findings.All(finding => finding.IsMended || finding.IsNote);
        Output.Write(arguments, new { isSound, findings }, () => string.Join('\n', findings.Select(Line).Append(Verdict(findings, isSound))));
        return isSound ? 0 : Failure.Failed;
    }

    private static string Line(CheckFinding finding)
    {
        var what = finding.Name == "damage" ? $"damage: {Failure.Printable(finding.Text)}" : $"{finding.Count:N0} {finding.Text}";
        return finding switch
        {
            { IsMended: true } => $"mended   {what}",
            { IsNote: true } => $"note     {what}",
            _ => $"wrong    {what}",
        };
    }

    private static string Verdict(IReadOnlyList<CheckFinding> findings, bool isSound) => findings switch
    {
        [] => "The database is sound.",
        _ when isSound && findings.Any(finding => finding.IsMended) => "The database is sound again.",
        _ when isSound => "The database is sound. What is noted harms nobody; mychat check --repair sets it right (with the server stopped).",
        _ when findings.Any(finding => finding.Name == "damage") => "The database is damaged: restore a backup (mychat restore FILE --replace).",
        _ when findings.Any(finding => finding is { CanMend: true, IsMended: false, IsNote: false }) =>
            "The database is not sound: stop the server and run mychat check --repair.",
        _ => "The database is not sound, and this cannot be mended: restore a backup, or ask for help.",
    };
}
