using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using MyChat.Desktop.Programs;
using MyChat.Ui.App;

namespace MyChat.Desktop.Notices;

/// <summary>
/// On Linux, by libnotify's <c>notify-send</c>. It stays until its notification is clicked or goes: ending it does not take the notification back,
/// so a later one takes its place by its id.
/// </summary>
internal sealed partial class NotifySendNotices(string program, string? icon, ILogger logger) : INotices, IDisposable
{
    // What a desktop keeps that never tells of a click or an end.
    private const int MostAtOnce = 20;

    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Process, byte> _running = new();

    public async Task ShowAsync(Notification notification, Action onClick, CancellationToken cancellationToken)
    {
        if (_running.Count >= MostAtOnce)
        {
            EndAll();
        }

        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in Arguments(notification))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            var process = ExternalProgram.Start(start);
            _running[process] = 0;
            var id = await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (id is not null)
            {
                _ids[notification.Tag] = id;
            }

            _ = AwaitClickAsync(process, onClick);
        }
        catch (ExternalProgramException e)
        {
            Log.CannotNotify(logger, e.Message);
        }
    }

    // notify-send cannot close one: it is replaced by one that goes by itself at once.
    public async Task WithdrawAsync(string tag, CancellationToken cancellationToken)
    {
        if (_ids.TryRemove(tag, out var id))
        {
            try
            {
                await ExternalProgram.RunAsync(
                    program, ["--app-name=MyChat", $"--replace-id={id}", "--expire-time=1", "--urgency=low", "--hint=int:transient:1", "--", "MyChat"],
                    null, TimeSpan.FromSeconds(5), cancellationToken).ConfigureAwait(false);
            }
            catch (ExternalProgramException e)
            {
                Log.CannotNotify(logger, e.Message);
            }
        }
    }

    public void Dispose() => EndAll();

    private IEnumerable<string> Arguments(Notification notification)
    {
        yield return "--app-name=MyChat";
        yield return "--print-id";
        yield return "--category=im.received";
        yield return "--action=default=Open";
        if (icon is not null)
        {
            yield return "--icon=" + icon;
        }

        if (_ids.TryGetValue(notification.Tag, out var id))
        {
            yield return "--replace-id=" + id;
        }

        yield return "--";
        yield return notification.Title;
        // The body is markup to some desktops (Desktop Notifications Specification).
        yield return WebUtility.HtmlEncode(notification.Text);
    }

    private async Task AwaitClickAsync(Process process, Action onClick)
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (line == "default")
                {
                    onClick();
                }
            }

            await process.WaitForExitAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // It was ended.
        }
        finally
        {
            _running.TryRemove(process, out _);
            process.Dispose();
        }
    }

    private void EndAll()
    {
        foreach (var process in _running.Keys)
        {
            try
            {
                process.Kill();
            }
            catch (Exception e) when (e is InvalidOperationException or SystemException)
            {
                // It has ended.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A notification cannot be shown: {reason}")]
        public static partial void CannotNotify(ILogger logger, string reason);
    }
}
