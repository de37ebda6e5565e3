using System.Diagnostics;
using MyChat.Desktop.Tests.Loopback;
using MyChat.Testing.Servers;

namespace MyChat.Desktop.Tests.Windows;

/// <summary>The program itself with a real browser on a screen in memory.</summary>
public sealed class DesktopWindowTests : IAsyncLifetime
{
    private const string Title = "MyChat";

    private Display _display = null!; // Made before each test.
    private UserDesktop _desktop = null!;

    public async ValueTask InitializeAsync() => (_display, _desktop) = (await Display.StartAsync(), await UserDesktop.CreateAsync());

    [Fact]
    public async Task It_opens_its_window_and_the_browser_keeps_its_sandbox()
    {
        var program = await _desktop.StartAsync(_display);
        var window = await _display.OneWindowAsync(Title);
        await PhotographAsync("window");

        var command = _desktop.Browsers()[_desktop.BrowserId()];
        Assert.Contains(command, argument => argument.StartsWith("--app=http://", StringComparison.Ordinal));
        Assert.Contains("--user-data-dir=" + Path.Combine(_desktop.DataFolder, "browser"), command);
        Assert.Contains("--no-first-run", command);
        Assert.Contains("--no-default-browser-check", command);
        Assert.DoesNotContain(command, argument => argument.Contains("sandbox", StringComparison.Ordinal));
        Assert.DoesNotContain(command, argument => argument.Contains("remote-debugging", StringComparison.Ordinal));
        // The kernel says so too: the process that shows the page may only do what its filter lets through.
        var renderer = _desktop.Browsers().First(process => process.Value.Contains("--type=renderer")).Key;
        Assert.Contains("Seccomp:\t2", await File.ReadAllTextAsync($"/proc/{renderer}/status"), StringComparison.Ordinal);
        Assert.False(program.HasExited, _desktop.Output);
        Assert.NotEmpty(window);
    }

    [Fact]
    public async Task A_second_start_shows_the_window_of_the_first()
    {
        var first = await _desktop.StartAsync(_display);
        var window = await _display.OneWindowAsync(Title);
        var second = await _desktop.StartAsync(_display);

        Assert.Equal(0, await _desktop.EndAsync(second));
        await _display.OneWindowAsync(Title, otherThan: window);
        Assert.False(first.HasExited, _desktop.Output);
        Assert.Single(Directory.GetFiles(_desktop.DataFolder, "address"));
    }

    [Fact]
    public async Task Closing_the_window_quits()
    {
        var program = await _desktop.StartAsync(_display);
        await _display.PressAsync(await _display.OneWindowAsync(Title), "ctrl+w");

        Assert.Equal(0, await _desktop.EndAsync(program));
        Assert.Empty(_desktop.Browsers());
        Assert.False(File.Exists(Path.Combine(_desktop.DataFolder, "address")));
    }

    [Fact]
    public async Task Who_stays_connected_closes_only_the_window_and_a_second_start_opens_it_again()
    {
        _desktop.Prepare("settings.json", """{ "StayConnected": true }""");
        var program = await _desktop.StartAsync(_display);
        var window = await _display.OneWindowAsync(Title);
        await _display.PressAsync(window, "ctrl+w");
        await Patience.UntilAsync(() => _desktop.Browsers().Count == 0, () => "The browser goes on.");
        Assert.False(program.HasExited, _desktop.Output);

        Assert.Equal(0, await _desktop.EndAsync(await _desktop.StartAsync(_display)));
        await _display.OneWindowAsync(Title);
        Assert.False(program.HasExited, _desktop.Output);
    }

    [Fact]
    public async Task A_killed_browser_ends_the_program_in_order_and_the_next_start_works()
    {
        var program = await _desktop.StartAsync(_display);
        await _display.OneWindowAsync(Title);
        using (var browser = Process.GetProcessById(_desktop.BrowserId()))
        {
            browser.Kill();
        }

        Assert.Equal(0, await _desktop.EndAsync(program));
        await _desktop.StartAsync(_display);
        await _display.OneWindowAsync(Title);
    }

    [Fact]
    public async Task A_program_that_is_ended_takes_its_browser_with_it()
    {
        var program = await _desktop.StartAsync(_display);
        await _display.OneWindowAsync(Title);
        using (var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.Equal(0, await _desktop.EndAsync(program));
        await Patience.UntilAsync(() => _desktop.Browsers().Count == 0, () => "The browser goes on.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("exit 1")]
    public async Task Without_a_browser_for_windows_it_is_a_tab_and_says_so(string? brokenBrowser)
    {
        _desktop.Script("xdg-open", "echo \"$1\" > \"$HOME/opened\"");
        var browser = brokenBrowser is null ? "tab" : _desktop.Script("broken", brokenBrowser);
        await _desktop.StartAsync(null, "--browser", browser);
        var opened = Path.Combine(_desktop.Home, "opened");
        await Patience.UntilAsync(() => File.Exists(opened) && new FileInfo(opened).Length > 0, () => _desktop.Output);

        var address = new Uri((await File.ReadAllTextAsync(opened)).Trim());
        var entered = await RawHttp.SendAsync(address, $"GET {address.PathAndQuery} HTTP/1.1", "Host: " + address.Authority, "Connection: close");
        Assert.Equal(303, entered.Status);
        await Patience.UntilAsync(() => _desktop.Output.Contains("tab in your browser", StringComparison.Ordinal), () => _desktop.Output);
    }

    [Fact]
    public async Task A_browser_that_is_not_there_is_said()
    {
        var program = await _desktop.StartAsync(null, "--browser", "/nonexistent");

        Assert.Equal(2, await _desktop.EndAsync(program));
        Assert.Contains("/nonexistent is not a program", _desktop.Output, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _desktop.DisposeAsync();
        await _display.DisposeAsync();
    }

    private Task PhotographAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(PublishedProgram.Root, "artifacts", "test", "desktop")).FullName;
        return _display.PhotographAsync(Path.Combine(folder, name + ".png"));
    }
}
