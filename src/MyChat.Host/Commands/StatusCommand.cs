using MyChat.Host.Configuration;
using MyChat.Host.Control;

namespace MyChat.Host.Commands;

/// <summary>mychat status.</summary>
internal static class StatusCommand
{
    public static async Task<int> RunAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        if (await ControlClient.TryConnectAsync(options.DataDirectory, cancellation) is not { } server)
        {
            throw Failure.Now($"no server runs in {options.DataDirectory}");
        }

        await server.Client.DisposeAsync();
        var status = server.Status;
        Output.Write(arguments, status, () => $"""
            MyChat {status.Version} serves {status.Domain}
              process      {status.Process}, since {Output.Time(status.Started)}
              database     {status.Database}
              connections  {status.Connections:N0}
              accounts     {status.AccountsInMemory:N0} in memory
              messages     {status.Messages:N0} stored by {Output.Count(status.Commits, "commit")}
              processor    {status.ProcessorSeconds:N1} seconds
              memory       {Output.Size(status.ResidentBytes)}, of which {Output.Size(status.HeapBytes)} are the heap; {Output.Size(status.AllocatedBytes)} were allocated
            """);
        return 0;
    }
}
