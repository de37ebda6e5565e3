using System.Globalization;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Prosody;

/// <summary>One Prosody for the tests of a class.</summary>
public sealed class ProsodyFixture : IAsyncLifetime
{
    private ProsodyProcess? _server;
    private int _names;

    public ProsodyProcess Server => _server ?? throw new InvalidOperationException("Only when everything is tested.");

    public async ValueTask InitializeAsync() => _server = TestRun.IsFull ? await ProsodyProcess.StartAsync() : null;

    /// <summary>A name that nobody has yet.</summary>
    public string NewName(string begin) => $"{begin}{Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture)}";

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
