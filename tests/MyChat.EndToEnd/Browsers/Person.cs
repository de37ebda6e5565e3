using Microsoft.Playwright;
using MyChat.Ui.App;
using MyChat.Ui.Language;

namespace MyChat.EndToEnd.Browsers;

/// <summary>Somebody before a screen: what they see and do, in the words of their language.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly Stage _stage;

    private Person(Stage stage, Venue venue, Device device, DeviceOptions options, string userName)
    {
        (_stage, Venue, Device, UserName, Name) = (stage, venue, device, userName, userName);
        Words = Words.For(options.Language, []);
    }

    internal static async Task<Person> ArriveAsync(Stage stage, HostKind host, Venue venue, string name, DeviceOptions options) =>
        await ArriveAsync(stage, host, venue, options, stage.NewName(name));

    private static async Task<Person> ArriveAsync(Stage stage, HostKind host, Venue venue, DeviceOptions options, string userName)
    {
        var person = new Person(stage, venue, await Device.UnpackAsync(stage.Chromium, host, venue, options), options, userName);
        await person.Device.SwitchOnAsync();
        return person;
    }

    public Venue Venue { get; }
    public Device Device { get; }

    /// <summary>The texts that they expect.</summary>
    public Words Words { get; set; }
    public string UserName { get; }
    public string Password { get; set; } = "pencil";
    public string Jid => $"{UserName}@{Venue.Domain}";

    /// <summary>What others see of them: the display name, if they chose one.</summary>
    public string Name { get; set; }

    public IPage Page => Device.Page ?? throw new InvalidOperationException($"{UserName}'s device is off.");

    public WelcomeScreen Welcome => new(this);
    public FriendsScreen Friends => new(this);
    public VerificationScreen Verification => new(this);
    public ChatScreen Chat => new(this);
    public ShellScreen Shell => new(this);

    /// <summary>The same account at a new device, before its welcome screen.</summary>
    internal async Task<Person> AtAnotherDeviceAsync(HostKind host, DeviceOptions options)
    {
        var same = await ArriveAsync(_stage, host, Venue, options, UserName);
        (same.Password, same.Name) = (Password, Name);
        return same;
    }

    /// <summary>From the welcome screen to the chats.</summary>
    public async Task LogInAsync()
    {
        await Welcome.FillLogInAsync(UserName, Password);
        await Welcome.SubmitLogInAsync();
        await Shell.IsOpenAsync();
    }

    /// <summary>Leaves: the program ends, the server hears a goodbye.</summary>
    public Task LeaveAsync() => Device.SwitchOffAsync();

    /// <summary>Comes back to the same device, where the account is remembered.</summary>
    public async Task ReturnAsync()
    {
        await Device.SwitchOnAsync();
        await Shell.IsOpenAsync();
    }

    public ValueTask DisposeAsync() => Device.DisposeAsync();
}
