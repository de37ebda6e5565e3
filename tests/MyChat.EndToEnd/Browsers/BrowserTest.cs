using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MyChat.Testing.Servers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Browsers;

/// <summary>
/// A test that plays in real browsers. Afterwards nothing may have been wrong that the browser noticed; when it failed, what everybody saw is in
/// artifacts/test. One after another: two at a time gained little, and failed for time.
/// </summary>
[Collection(nameof(BrowserTest))]
[Trait("lane", "browsers")] // ./test plays these beside the others
public abstract partial class BrowserTest(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private readonly List<Person> _people = [];
    private readonly List<IAsyncDisposable> _used = [];

    protected Stage Stage => stage;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Where pictures and printed trees go.</summary>
    protected static string Artifacts { get; } = Path.Combine(PublishedProgram.Root, "artifacts", "test");

    protected static void OnlyWhenFull() => Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");

    /// <summary>Somebody new, who has not got an account yet, before the welcome screen.</summary>
    protected async Task<Person> ArriveAsync(HostKind host, string name, ServerKind server = ServerKind.MyChat, DeviceOptions? options = null) =>
        await ArriveAsync(host, name, await VenueAsync(server), options);

    protected async Task<Person> ArriveAsync(HostKind host, string name, Venue venue, DeviceOptions? options = null)
    {
        if (host == HostKind.Desktop)
        {
            OnlyWhenFull(); // to publish that program takes longer than the rest of the tests with it
        }
        var person = await Person.ArriveAsync(stage, host, venue, name, options ?? new DeviceOptions());
        lock (_people)
        {
            _people.Add(person);
        }
        return person;
    }

    /// <summary>Somebody new with an account, who is logged in.</summary>
    protected async Task<Person> EnterAsync(HostKind host, string name, ServerKind server = ServerKind.MyChat, DeviceOptions? options = null) =>
        await EnterAsync(host, name, await VenueAsync(server), options);

    protected async Task<Person> EnterAsync(HostKind host, string name, Venue venue, DeviceOptions? options = null)
    {
        var person = await ArriveAsync(host, name, venue, options);
        await venue.Server.RegisterAsync(person.UserName, person.Password);
        await person.LogInAsync();
        return person;
    }

    /// <summary>Two who do not know each other yet, logged in.</summary>
    protected async Task<(Person Romeo, Person Juliet)> EnterBothAsync(HostKind host, ServerKind server = ServerKind.MyChat, DeviceOptions? options = null) =>
        await EnterBothAsync(host, await VenueAsync(server), options);

    protected async Task<(Person Romeo, Person Juliet)> EnterBothAsync(HostKind host, Venue venue, DeviceOptions? options = null)
    {
        var both = await Task.WhenAll(EnterAsync(host, "romeo", venue, options), EnterAsync(host, "juliet", venue, options));
        return (both[0], both[1]);
    }

    /// <summary>The same person at another device (a new browser profile), before the welcome screen.</summary>
    protected async Task<Person> AtAnotherDeviceAsync(Person person, HostKind? host = null, DeviceOptions? options = null)
    {
        var same = await person.AtAnotherDeviceAsync(host ?? person.Device.Host, options ?? new DeviceOptions());
        _people.Add(same);
        return same;
    }

    /// <summary>Two who are friends, and online.</summary>
    protected async Task<(Person Romeo, Person Juliet)> FriendsAsync(HostKind host, ServerKind server = ServerKind.MyChat) =>
        await FriendsAsync(host, await VenueAsync(server));

    protected async Task<(Person Romeo, Person Juliet)> FriendsAsync(HostKind host, Venue venue)
    {
        var friends = await Task.WhenAll(ArriveAsync(host, "romeo", venue), ArriveAsync(host, "juliet", venue));
        var (romeo, juliet) = (friends[0], friends[1]);
        await Task.WhenAll(friends.Select(friend => venue.Server.RegisterAsync(friend.UserName, friend.Password)));
        await venue.BefriendAsync(romeo, juliet);
        await Task.WhenAll(romeo.LogInAsync(), juliet.LogInAsync());
        await Task.WhenAll(romeo.Friends.IsOnlineAsync(juliet), juliet.Friends.IsOnlineAsync(romeo));
        return (romeo, juliet);
    }

    /// <summary>A server of this test's own, which it may kill.</summary>
    protected async Task<MyChatVenue> OwnVenueAsync(string domain = "verona.lit", params string[] settings)
    {
        var venue = await MyChatVenue.StartAsync(domain, settings);
        Use(venue);
        return venue;
    }

    /// <summary>Disposes of it when the test is over.</summary>
    protected void Use(IAsyncDisposable used) => _used.Add(used);

    private async Task<Venue> VenueAsync(ServerKind server)
    {
        Assert.SkipWhen(server == ServerKind.Prosody && !TestRun.IsFull, "only when everything is tested");
        return await stage.VenueAsync(server);
    }

    public virtual ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var person in _people.Where(_ => failed))
        {
            await ShowAsync(person);
        }
        foreach (var person in _people)
        {
            // The next test finds the network whole.
            person.Venue.WebLink.Mend();
            person.Venue.ClientLink.Mend();
        }
        var complaints = _people.SelectMany(person => person.Device.Complaints.Select(complaint => $"{person.UserName}: {complaint}")).ToList();
        foreach (var item in ((IEnumerable<IAsyncDisposable>)_people).Concat(_used))
        {
            await item.DisposeAsync();
        }
        GC.SuppressFinalize(this);
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    // Blazor dropped an event because its handler was gone: which element had it?
    private const string WhoseHandler =
        """
        id => [...document.querySelectorAll('*')].find(element => Object.keys(element).some(key =>
            key.startsWith('_blazorEvents') && Object.values(element[key].handlers).some(handler => String(handler.eventHandlerId) === id)))?.outerHTML ?? 'of nothing on the page'
        """;

    [GeneratedRegex("There is no event handler associated with this event. EventId: '([0-9]+)'")]
    private static partial Regex LostEvent();

    /// <summary>Keeps what somebody sees.</summary>
    private static async Task ShowAsync(Person person)
    {
        const int MostShown = 4000;
        var number = 0;
        foreach (var page in person.Device.Context.Pages)
        {
            try
            {
                var name = $"{TestContext.Current.TestMethod?.MethodName}-{person.Device.Host}-{person.UserName}-{++number}";
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts, name + ".png") });
                var tree = await page.Locator("body").AriaSnapshotAsync();
                await File.WriteAllTextAsync(Path.Combine(Artifacts, name + ".yml"), tree);
                // For whoever has nothing but the log.
                TestRun.Say($"{person.UserName} sees {page.Url}\n{(tree.Length > MostShown ? tree[..MostShown] : tree)}");
                foreach (var lost in person.Device.Complaints.Select(complaint => LostEvent().Match(complaint)).Where(match => match.Success))
                {
                    TestRun.Say($"event handler {lost.Groups[1]}: {await page.EvaluateAsync<string>(WhoseHandler, lost.Groups[1].Value)}");
                }
            }
            catch (PlaywrightException lost)
            {
                TestRun.Say($"No picture of {person.UserName}: {lost.Message}");
            }
        }
        if (person.Device.DesktopOutput is { Length: > 0 } output)
        {
            TestRun.Say($"{person.UserName}'s program: {output}");
        }
    }
}
