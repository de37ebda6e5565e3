using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MyChat.EndToEnd.Browsers.Chromium))]

namespace MyChat.EndToEnd.Browsers;

/// <summary>
/// The system's Chromium without its window, which takes a third less processor time, driven by Playwright: one process for all tests of a run, and
/// a context (a profile) for each user. The desktop program's own window is tested with the whole browser.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly Lazy<Task<IPlaywright>> _playwright = new(Playwright.CreateAsync);
    private readonly Lazy<Task<IBrowser>> _browser;

    public Chromium()
    {
        _browser = new Lazy<Task<IBrowser>>(() => LaunchAsync());
        Assertions.SetDefaultExpectTimeout((float)Device.Patience.TotalMilliseconds);
    }

    /// <summary>The browser that tests share.</summary>
    public Task<IBrowser> BrowserAsync() => _browser.Value;

    /// <summary>A browser of the caller's own, with more options on its command line; the caller closes it.</summary>
    public async Task<IBrowser> LaunchAsync(params string[] arguments) => await (await _playwright.Value).Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("MYCHAT_TEST_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium-headless-shell",
        Args = arguments,
    });

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
        {
            await (await _browser.Value).CloseAsync();
        }
        if (_playwright.IsValueCreated)
        {
            (await _playwright.Value).Dispose();
        }
    }
}
