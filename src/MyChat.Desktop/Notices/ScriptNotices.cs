using System.Diagnostics;
using MyChat.Desktop.Programs;
using MyChat.Ui.App;

namespace MyChat.Desktop.Notices;

/// <summary>
/// On macOS and Windows, by a script of the system's own. What others wrote is handed to it as data, never as part of the script. Neither tells of
/// clicks to a program that is not installed.
/// </summary>
internal sealed partial class ScriptNotices(string program, IReadOnlyList<string> arguments, ILogger logger) : INotices
{
    private const string MacScript =
        "display notification (system attribute \"MYCHAT_TEXT\") with title (system attribute \"MYCHAT_TITLE\")";

    // The program is not registered with the system, so the notification goes out in PowerShell's name.
    private const string WindowsScript = """
        $null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
        $toast = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent('ToastText02')
        $texts = $toast.GetElementsByTagName('text')
        $null = $texts.Item(0).AppendChild($toast.CreateTextNode($env:MYCHAT_TITLE))
        $null = $texts.Item(1).AppendChild($toast.CreateTextNode($env:MYCHAT_TEXT))
        $notice = [Windows.UI.Notifications.ToastNotification]::new($toast)
        $notice.Tag = $env:MYCHAT_TAG
        $app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'
        [Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($app).Show($notice)
        """;

    public static ScriptNotices ForMac(ILogger logger) => new("osascript", ["-e", MacScript], logger);

    public static ScriptNotices ForWindows(ILogger logger) =>
        new("powershell.exe", ["-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden", "-Command", WindowsScript], logger);

    public async Task ShowAsync(Notification notification, Action onClick, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, CreateNoWindow = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["MYCHAT_TITLE"] = notification.Title;
        start.Environment["MYCHAT_TEXT"] = notification.Text;
        // Windows takes at most 64 characters.
        start.Environment["MYCHAT_TAG"] = notification.Tag.Length <= 64 ? notification.Tag : notification.Tag[..64];
        try
        {
            using var process = ExternalProgram.Start(start);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ExternalProgramException e)
        {
            Log.CannotNotify(logger, e.Message);
        }
    }

    // Both keep what was shown until the user looks.
    public Task WithdrawAsync(string tag, CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A notification cannot be shown: {reason}")]
        public static partial void CannotNotify(ILogger logger, string reason);
    }
}
