using MyChat.Host.Configuration;
using MyChat.Host.Control;
using MyChat.Host.Portable;
using MyChat.Storage;
using MyChat.Storage.Portable;

namespace MyChat.Host.Commands;

/// <summary>mychat export and mychat import.</summary>
internal static class PortableCommands
{
    public static async Task<int> ExportAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        var isAll = arguments.Given.Contains("--all");
        if (arguments.Words.Count == 0 || (isAll && arguments.Words.Count > 1))
        {
            throw Failure.Configuration(isAll
                ? "export: expected one folder, as in mychat export --all exported"
                : "export: expected a name, as in mychat export romeo romeo.xml; or --all and a folder");
        }

        await using var access = await Access.OpenAsync(options, cancellation, mustExist: true);
        return await (isAll
            ? ExportAllAsync(arguments, access, options.Server.Domain, cancellation)
            : ExportOneAsync(arguments, access.Maintenance, cancellation));
    }

    public static async Task<int> ImportAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(arguments.Words[0]);
        Files.Read(path).Dispose(); // what cannot be read is said before anything is opened
        await using var access = await Access.OpenAsync(options, cancellation);
        ImportSummary summary;
        using (var progress = ProgressBar.For(arguments))
        {
            summary = await Files.ToldAsync(() => IncludedFiles.ReadAsync(path, progress, input => access.Maintenance.ImportAsync(input, cancellation), cancellation));
        }

        Output.Write(arguments, summary, () => string.Join('\n', summary.Notices
            .Append($"Imported {Names(summary.Accounts)} with {Output.Count(summary.Messages, "message")}.")));
        return 0;
    }

    private static string Names(IReadOnlyList<string> accounts) => accounts.Count <= 3 ? string.Join(", ", accounts) : Output.Count(accounts.Count, "account");

    private static async Task<int> ExportOneAsync(Arguments arguments, IMaintenance maintenance, CancellationToken cancellation)
    {
        var name = arguments.Words[0];
        using var progress = ProgressBar.For(arguments);
        if (arguments.Words.Count == 1)
        {
            await using var output = Console.OpenStandardOutput();
            await Files.ToldAsync(async () =>
            {
                await maintenance.ExportAsync(name, isWhole: true, new CountingStream(output, progress, "kilobytes written"), cancellation);
                return true;
            });
            return 0;
        }

        var path = Path.GetFullPath(arguments.Words[1]);
        var bytes = await WriteAsync(maintenance, name, isWhole: true, path, progress, cancellation);
        progress.Dispose();
        Output.Write(arguments, new { file = path, bytes }, () => $"{arguments.Words[1]}: {Output.Size(bytes)}. It holds all messages and the keys of the password: keep it private.");
        return 0;
    }

    /// <summary>The files and folders of XEP-0227 §4.1: one for the server, one for its host, one for each user.</summary>
    private static async Task<int> ExportAllAsync(Arguments arguments, Access access, string domain, CancellationToken cancellation)
    {
        var layout = new IncludedLayout(Path.GetFullPath(arguments.Words[0]), domain);
        layout.Create();
        var addresses = await access.Users.ListAsync(cancellation).Select(user => user.Address).ToListAsync(cancellation);
        var done = 0L;
        using (var progress = ProgressBar.For(arguments))
        {
            foreach (var address in addresses)
            {
                progress.Report(new OperationProgress("accounts", done++, addresses.Count));
                await WriteAsync(access.Maintenance, address, isWhole: false, layout.FileOf(address), null, cancellation);
            }

            progress.Report(new OperationProgress("accounts", done, addresses.Count));
            await layout.FinishAsync(addresses);
        }

        Output.Write(arguments, new { file = layout.Main, accounts = addresses.Count },
            () => $"{Output.Count(addresses.Count, "account")} in {arguments.Words[0]}; mychat import {layout.Main} reads them.");
        return 0;
    }

    private static Task<long> WriteAsync(
        IMaintenance maintenance, string name, bool isWhole, string path, IProgress<OperationProgress>? progress, CancellationToken cancellation) =>
        Files.WriteAsync(path, async file =>
        {
            await maintenance.ExportAsync(name, isWhole, new CountingStream(file, progress, "kilobytes written"), cancellation);
            return file.Position;
        });
}
