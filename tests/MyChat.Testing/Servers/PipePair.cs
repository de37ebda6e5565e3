using System.IO.Pipelines;

namespace MyChat.Testing.Servers;

/// <summary>A connection in memory: two ends, each the other's peer.</summary>
public sealed class PipePair
{
    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    public PipePair()
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        Client = new End(toClient.Reader, toServer.Writer);
        Server = new End(toServer.Reader, toClient.Writer);
    }

    public IDuplexPipe Client { get; }
    public IDuplexPipe Server { get; }
}
