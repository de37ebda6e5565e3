using MyChat.Server.Mailboxes;
using MyChat.Storage;
using MyChat.Storage.Backups;
using MyChat.Storage.Checks;
using MyChat.Storage.Portable;

namespace MyChat.Host.Control;

/// <summary>An account as an operator sees it.</summary>
/// <param name="Sessions">Devices that are connected now.</param>
internal sealed record UserDetails(string Address, DateTimeOffset Created, int Sessions, DateTimeOffset? LastSeen, long Received, long Sent, long Bytes);

/// <summary>What is to go from histories.</summary>
/// <param name="Days">What is older; null is nothing.</param>
/// <param name="Messages">What is older than so many newer messages of the same account; null is nothing. With neither, the configuration says what goes.</param>
/// <param name="User">Whose; null is everybody's.</param>
/// <param name="IsTrial">Only counts.</param>
internal sealed record HistoryPrune(int? Days, int? Messages, string? User, bool IsTrial);

/// <summary>
/// The data as the commands see it: of the server that runs, or of a database that no server has open. What cannot be done is a
/// <see cref="Failure"/> or a <see cref="StorageException"/>, one line either way.
/// </summary>
internal interface IMaintenance
{
    /// <summary>Whether a server runs, so that others change the data meanwhile.</summary>
    bool IsServing { get; }

    /// <summary>Writes a backup.</summary>
    Task<BackupSummary> BackupAsync(Stream output, IProgress<OperationProgress> progress, CancellationToken cancellation);

    /// <summary>Looks whether the database holds together.</summary>
    Task<IReadOnlyList<CheckFinding>> CheckAsync(IProgress<OperationProgress> progress, CancellationToken cancellation);

    /// <summary>The same, and mends; only where no server runs.</summary>
    Task<IReadOnlyList<CheckFinding>> RepairAsync(IProgress<OperationProgress> progress, CancellationToken cancellation);

    /// <summary>Writes an account as XEP-0227 has it.</summary>
    /// <param name="isWhole">Whether the file stands by itself.</param>
    Task ExportAsync(string name, bool isWhole, Stream output, CancellationToken cancellation);

    /// <summary>Makes accounts of such a file, all or none.</summary>
    Task<ImportSummary> ImportAsync(Stream input, CancellationToken cancellation);

    /// <summary>Removes old messages, each side's by itself.</summary>
    Task<PruneProgress> PruneAsync(HistoryPrune prune, IProgress<OperationProgress> progress, CancellationToken cancellation);

    Task<UserDetails> ShowAsync(string name, CancellationToken cancellation);
}
