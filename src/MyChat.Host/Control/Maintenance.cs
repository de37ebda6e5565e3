using MyChat.Host.Commands;
using MyChat.Host.Configuration;
using MyChat.Host.Tls;
using MyChat.Server;
using MyChat.Server.Mailboxes;
using MyChat.Storage;
using MyChat.Storage.Backups;
using MyChat.Storage.Checks;
using MyChat.Storage.Portable;
using MyChat.Xmpp.Jids;

namespace MyChat.Host.Control;

/// <summary>The data of this process.</summary>
internal sealed class Maintenance(Database database, XmppServer server, MyChatOptions options, TimeProvider time, bool isServing) : IMaintenance
{
    public bool IsServing => isServing;

    public async Task<BackupSummary> BackupAsync(Stream output, IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        var source = new BackupSource($"MyChat {CommandLine.Version}", options.Server.Domain, time.GetUtcNow(), OwnFiles());
        return await Backup.WriteAsync(database, source, output, progress, cancellation);
    }

    public Task<IReadOnlyList<CheckFinding>> CheckAsync(IProgress<OperationProgress> progress, CancellationToken cancellation) =>
        DatabaseCheck.LookAsync(database, progress, cancellation);

    public Task<IReadOnlyList<CheckFinding>> RepairAsync(IProgress<OperationProgress> progress, CancellationToken cancellation) => isServing
        ? throw new InvalidOperationException("What a server has in memory cannot be mended under its feet.")
        : DatabaseCheck.RepairAsync(database, progress, cancellation);

    public Task ExportAsync(string name, bool isWhole, Stream output, CancellationToken cancellation) =>
        AccountExport.WriteAsync(database, Parse(name), isWhole, output, null, cancellation);

    public async Task<ImportSummary> ImportAsync(Stream input, CancellationToken cancellation)
    {
        var summary = await AccountImport.ReadAsync(database, options.Server.Domain, time.GetUtcNow(), input, cancellation);
        foreach (var account in summary.Accounts)
        {
            await server.Registry.NoticeAsync(BareJid.Parse(account));
        }

        return summary;
    }

    public async Task<UserDetails> ShowAsync(string name, CancellationToken cancellation)
    {
        var jid = Parse(name);
        var figures = await AccountFigures.ReadAsync(database, jid.Localpart!, cancellation) // a name made it: it has a localpart
            ?? throw Failure.Now($"{jid} does not exist");
        var sessions = await server.Registry.CountSessionsAsync(jid);
        return new UserDetails(jid.ToString()!, figures.Created, sessions, figures.LastSeen, figures.Received, figures.Sent, figures.Bytes);
    }

    public async Task<PruneProgress> PruneAsync(HistoryPrune prune, IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        var account = prune.User is null ? null : Parse(prune.User);
        if (account is not null && await AccountFigures.ReadAsync(database, account.Localpart!, cancellation) is null) // Parse made it: it has a localpart
        {
            throw Failure.Now($"{account} does not exist");
        }

        var rule = prune is { Days: null, Messages: null }
            ? server.Retention.Rule
            : new RetentionRule(prune.Days is { } days ? time.GetUtcNow().AddDays(-days) : null, prune.Messages ?? 0);
        return rule.RemovesNothing
            ? throw Failure.Now("the configuration keeps everything: say what is to go with --days=N or --messages=N")
            : await server.Retention.PruneAsync(new PruneRequest(rule, account, prune.IsTrial), new Steps(progress), cancellation);
    }

    private BareJid Parse(string name) =>
        Users.TryName(name, options.Server.Domain, out var jid, out var refusal) ? jid : throw Failure.Now(refusal.Text);

    private sealed class Steps(IProgress<OperationProgress> progress) : IProgress<PruneProgress>
    {
        public void Report(PruneProgress value) => progress.Report(new OperationProgress("accounts looked at", value.Accounts, 0));
    }

    /// <summary>The certificate that the server made itself: clients know the server by it. Others are the operator's to keep.</summary>
    private List<BackupFile> OwnFiles()
    {
        string[] files = [SelfSigned.CertificateFile(options.DataDirectory), SelfSigned.KeyFile(options.DataDirectory)];
        return options.TlsCertificate is null && files.All(File.Exists)
            ? [.. files.Select(file => new BackupFile(Path.GetFileName(file), File.ReadAllBytes(file)))]
            : [];
    }
}
