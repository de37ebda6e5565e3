using MyChat.Desktop.Programs;

namespace MyChat.Desktop.Windows;

/// <summary>A browser that can show a page as a window of its own.</summary>
/// <param name="Program">Its path.</param>
internal sealed record Browser(string Name, string Program)
{
    /// <summary>Those that are installed, in the order in which they are tried: Edge on Windows, Chrome, Chromium, Brave.</summary>
    public static IEnumerable<Browser> Installed() =>
        OperatingSystem.IsWindows() ? OnWindows() : OperatingSystem.IsMacOS() ? OnMac() : OnLinux();

    private static IEnumerable<Browser> OnLinux() => Found(
        [
            ("Chrome", "google-chrome-stable"), ("Chrome", "google-chrome"), ("Chromium", "chromium"), ("Chromium", "chromium-browser"),
            ("Brave", "brave-browser"), ("Brave", "brave"),
        ],
        name => [ExternalProgram.Find(name)]);

    private static IEnumerable<Browser> OnMac() => Found(
        [("Chrome", "Google Chrome"), ("Chromium", "Chromium"), ("Brave", "Brave Browser")],
        name => new[] { "/", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) }
            .Select(place => Path.Combine(place, "Applications", name + ".app", "Contents", "MacOS", name)));

    private static IEnumerable<Browser> OnWindows() => Found(
        [
            ("Edge", @"Microsoft\Edge\Application\msedge.exe"), ("Chrome", @"Google\Chrome\Application\chrome.exe"),
            ("Chromium", @"Chromium\Application\chrome.exe"), ("Brave", @"BraveSoftware\Brave-Browser\Application\brave.exe"),
        ],
        path => new[]
            {
                Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.LocalApplicationData,
            }
            .Select(folder => Path.Combine(Environment.GetFolderPath(folder), path)));

    private static IEnumerable<Browser> Found((string Name, string Program)[] known, Func<string, IEnumerable<string?>> places) =>
        from browser in known
        from place in places(browser.Program)
        where place is not null && ExternalProgram.CanRun(place)
        select new Browser(browser.Name, place);
}
