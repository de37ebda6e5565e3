using MyChat.Ui.App;

namespace MyChat.EndToEnd.Browsers;

/// <summary>The servers of a test class, started when they are first needed.</summary>
public sealed class Stage(Chromium chromium) : IAsyncLifetime
{
    private readonly Lazy<Task<MyChatVenue>> _mychat = new(() => MyChatVenue.StartAsync());
    private readonly Lazy<Task<ProsodyVenue>> _prosody = new(ProsodyVenue.StartAsync);
    private int _names;

    public Chromium Chromium => chromium;

    public async Task<Venue> VenueAsync(ServerKind server) => server == ServerKind.MyChat ? await _mychat.Value : await _prosody.Value;

    /// <summary>A user name that nobody has yet.</summary>
    public string NewName(string begin) => $"{begin}{Interlocked.Increment(ref _names)}";

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_mychat.IsValueCreated)
        {
            await (await _mychat.Value).DisposeAsync();
        }
        if (_prosody.IsValueCreated)
        {
            await (await _prosody.Value).DisposeAsync();
        }
    }
}

/// <summary>The combinations that a flow is played on.</summary>
public static class Stages
{
    public static TheoryData<HostKind> Hosts => [HostKind.Web, HostKind.Desktop];

    public static TheoryData<HostKind, ServerKind> HostsAndServers => new()
    {
        { HostKind.Web, ServerKind.MyChat },
        { HostKind.Desktop, ServerKind.MyChat },
        { HostKind.Web, ServerKind.Prosody },
        { HostKind.Desktop, ServerKind.Prosody },
    };
}
