using System.Runtime.InteropServices.JavaScript;

namespace MyChat.Web.Browser;

/// <summary>The functions of page.js, lead.js, notifications.js and account.js.</summary>
internal static partial class Page
{
    [JSImport("isSecure", Script.Name)]
    public static partial bool IsSecure();

    /// <summary>Whether the page came over http, but from this machine.</summary>
    [JSImport("isLoopback", Script.Name)]
    public static partial bool IsLoopback();

    [JSImport("address", Script.Name)]
    public static partial string Address();

    /// <summary>Separated by commas.</summary>
    [JSImport("languages", Script.Name)]
    public static partial string Languages();

    /// <summary>The text of client.json; null when the server does not answer.</summary>
    [JSImport("loadFacts", Script.Name)]
    public static partial Task<string?> LoadFactsAsync();

    [JSImport("loadSettings", Script.Name)]
    public static partial string? LoadSettings();

    [JSImport("saveSettings", Script.Name)]
    public static partial void SaveSettings(string json);

    /// <summary>PBKDF2. The salt and the result are in base64.</summary>
    [JSImport("deriveKey", Script.Name)]
    public static partial Task<string> DeriveKeyAsync(string hash, string password, string salt, int iterations, int bytes);

    [JSImport("watchNetwork", Script.Name)]
    public static partial void WatchNetwork([JSMarshalAs<JSType.Function>] Action changed);

    [JSImport("keepStorage", Script.Name)]
    public static partial Task KeepStorageAsync();

    [JSImport("setBadge", Script.Name)]
    public static partial Task SetBadgeAsync(int count);

    [JSImport("canInstall", Script.Name)]
    public static partial bool CanInstall();

    [JSImport("watchInstall", Script.Name)]
    public static partial void WatchInstall([JSMarshalAs<JSType.Function>] Action changed);

    [JSImport("install", Script.Name)]
    public static partial Task InstallAsync();

    [JSImport("lead", Script.Name)]
    public static partial Task<bool> LeadAsync(bool takeOver, [JSMarshalAs<JSType.Function>] Action lost);

    /// <summary>"default", "granted", "denied", or "unsupported".</summary>
    [JSImport("permission", Script.Name)]
    public static partial string Permission();

    [JSImport("requestPermission", Script.Name)]
    public static partial Task<string> RequestPermissionAsync();

    [JSImport("notify", Script.Name)]
    public static partial Task NotifyAsync(string tag, string title, string body, string open);

    [JSImport("withdraw", Script.Name)]
    public static partial Task WithdrawAsync(string tag);

    [JSImport("watchOpen", Script.Name)]
    public static partial void WatchOpen([JSMarshalAs<JSType.Function<JSType.String>>] Action<string> open);

    [JSImport("loadAccount", Script.Name)]
    public static partial Task<string?> LoadAccountAsync();

    [JSImport("saveAccount", Script.Name)]
    public static partial Task SaveAccountAsync(string? json);
}
