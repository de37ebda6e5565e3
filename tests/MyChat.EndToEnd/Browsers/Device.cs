using Microsoft.Playwright;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Browsers;

/// <summary>How a device is set up.</summary>
public sealed record DeviceOptions
{
    /// <summary>The system's language: en or zh-Hans.</summary>
    public string Language { get; init; } = "en";
    public ColorScheme ColorScheme { get; init; } = ColorScheme.Light;
    public int Width { get; init; } = 1280;
    public int Height { get; init; } = 800;

    /// <summary>Another browser than the shared one.</summary>
    public IBrowser? Browser { get; init; }

    /// <summary>Takes every certificate, as a user does who knows the server.</summary>
    public bool TrustsAll { get; init; }

    /// <summary>The page's security policy is not enforced: for tools that put a script of their own into the page.</summary>
    public bool BypassesPolicy { get; init; }

    /// <summary>Where the web client is opened, in the place of the venue's own address.</summary>
    public Uri? Web { get; init; }
}

/// <summary>
/// A user's device: a browser profile with the web client, or a computer with the desktop program, whose page the same browser shows. It is
/// switched on and off, and keeps what the program keeps.
/// </summary>
public sealed class Device : IAsyncDisposable
{
    private readonly Venue _venue;
    private readonly DeviceOptions _options;
    private readonly DesktopProcess? _desktop;
    private readonly List<string> _complaints = [];
    private readonly List<Func<string, bool>> _expected = [];

    private Device(HostKind host, Venue venue, DeviceOptions options, IBrowserContext context)
    {
        (Host, _venue, _options, Context) = (host, venue, options, context);
        _desktop = host == HostKind.Desktop ? new DesktopProcess(options.Language.StartsWith("zh", StringComparison.Ordinal) ? "zh_CN" : "en_US") : null;
    }

    /// <summary>A new one, not yet switched on.</summary>
    public static async Task<Device> UnpackAsync(Chromium chromium, HostKind host, Venue venue, DeviceOptions options)
    {
        var context = await (options.Browser ?? await chromium.BrowserAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            Locale = options.Language.StartsWith("zh", StringComparison.Ordinal) ? "zh-CN" : "en-US",
            ColorScheme = options.ColorScheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            IgnoreHTTPSErrors = options.TrustsAll,
            BypassCSP = options.BypassesPolicy,
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return new Device(host, venue, options, context);
    }

    /// <summary>How long anything on the screen may take, on a machine that does much else.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public HostKind Host { get; }
    public IBrowserContext Context { get; }
    public bool IsOn => Page is not null;

    /// <summary>The page, while it is on.</summary>
    public IPage? Page { get; private set; }

    /// <summary>What the browser found wrong: errors of scripts, of the network, and of the security policy.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints.Where(complaint => !_expected.Exists(expected => expected(complaint)))];
            }
        }
    }

    public string? DesktopOutput => _desktop?.Output;
    public int? DesktopId => _desktop?.Id;

    /// <summary>Says that the browser may complain so: the test breaks something on purpose.</summary>
    public void Expects(params string[] parts) => _expected.Add(complaint => parts.Any(part => complaint.Contains(part, StringComparison.Ordinal)));

    /// <summary>Starts the program and opens its page.</summary>
    public async Task<IPage> SwitchOnAsync()
    {
        var address = _desktop is null ? (_options.Web ?? _venue.Web).ToString() : await _desktop.StartAsync();
        Page = await NewPageAsync();
        await Page.GotoAsync(address);
        return Page;
    }

    /// <summary>Another tab or window of the same device.</summary>
    public async Task<IPage> NewPageAsync()
    {
        var page = await Context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complain($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => Complain(error);
        return page;
    }

    /// <summary>Closes the page and ends the program.</summary>
    public async Task SwitchOffAsync()
    {
        if (Page is { } page)
        {
            Page = null;
            // Like a user: with what the page does when it is left.
            await page.CloseAsync(new PageCloseOptions { RunBeforeUnload = false });
            if (_desktop is not null)
            {
                await _desktop.StopAsync();
            }
        }
    }

    /// <summary>The program's process dies (desktop), or the tab crashes (web).</summary>
    public async Task CrashAsync()
    {
        if (_desktop is not null)
        {
            Expects("WebSocket closed", "Failed to complete negotiation", "Failed to start the connection", "ERR_CONNECTION_REFUSED", "Failed to fetch");
            await _desktop.KillAsync();
        }
        await Page!.CloseAsync();
        Page = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Context.CloseAsync();
        if (_desktop is not null)
        {
            await _desktop.DisposeAsync();
        }
    }

    private void Complain(string complaint)
    {
        lock (_complaints)
        {
            _complaints.Add(complaint);
        }
    }
}
