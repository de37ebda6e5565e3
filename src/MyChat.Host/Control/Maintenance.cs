using MyChat.Host.Commands;
using MyChat.Host.Configuration;
using MyChat.Host.Tls;
using MyChat.Storage;
using MyChat.Storage.Backups;

namespace MyChat.Host.Control;

/// <summary>The data of this process.</summary>
internal sealed class Maintenance(Database database, MyChatOptions options, TimeProvider time, bool isServing) : IMaintenance
{
    public bool IsServing => isServing;

    public async Task<BackupSummary> BackupAsync(Stream output, IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        var source = new BackupSource($"MyChat {CommandLine.Version}", options.Server.Domain, time.GetUtcNow(), Files());
        return await Backup.WriteAsync(database, source, output, progress, cancellation);
    }

    /// <summary>The certificate that the server made itself: clients know the server by it. Others are the operator's to keep.</summary>
    private List<BackupFile> Files()
    {
        string[] files = [SelfSigned.CertificateFile(options.DataDirectory), SelfSigned.KeyFile(options.DataDirectory)];
        return options.TlsCertificate is null && files.All(File.Exists)
            ? [.. files.Select(file => new BackupFile(Path.GetFileName(file), File.ReadAllBytes(file)))]
            : [];
    }
}
