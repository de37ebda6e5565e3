using MyChat.Storage;
using MyChat.Storage.Backups;

namespace MyChat.Host.Control;

/// <summary>The data as the commands see it: of the server that runs, or of a database that no server has open.</summary>
internal interface IMaintenance
{
    /// <summary>Whether a server runs, so that others change the data meanwhile.</summary>
    bool IsServing { get; }

    /// <summary>Writes a backup.</summary>
    Task<BackupSummary> BackupAsync(Stream output, IProgress<OperationProgress> progress, CancellationToken cancellation);
}
