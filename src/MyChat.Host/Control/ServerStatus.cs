using MyChat.Host.Commands;
using MyChat.Server;
using MyChat.Storage;

namespace MyChat.Host.Control;

/// <summary>How a server that runs is; what is counted is counted since its start.</summary>
/// <param name="Connections">Of clients, open now.</param>
/// <param name="AccountsInMemory">Those in use, and the last used ones (Limits:CachedAccounts).</param>
/// <param name="Messages">Committed, each with both its sides.</param>
/// <param name="Commits">Of the database; one commit takes all that waits.</param>
/// <param name="ProcessorSeconds">User and system time of the process.</param>
/// <param name="ResidentBytes">Memory that the process has now.</param>
/// <param name="HeapBytes">Of it, what the collector manages, as of its last run.</param>
/// <param name="AllocatedBytes">All that was ever allocated there.</param>
internal sealed record ServerStatus(
    string Version, int Process, string Domain, string Database, DateTimeOffset Started, int Connections, int AccountsInMemory, long Messages, long Commits,
    double ProcessorSeconds, long ResidentBytes, long HeapBytes, long AllocatedBytes)
{
    public static ServerStatus Of(XmppServer server, Database database) => new(
        CommandLine.Version, Environment.ProcessId, server.Domain.ToString(), database.Description, server.StartedAt, server.Connections,
        server.AccountsInMemory, database.StoredMessages, database.Commits, Environment.CpuUsage.TotalTime.TotalSeconds, Environment.WorkingSet,
        GC.GetGCMemoryInfo().HeapSizeBytes, GC.GetTotalAllocatedBytes());
}
