using MyChat.Ui.App;

namespace MyChat.Desktop.Notices;

/// <summary>The system has no way to notify.</summary>
internal sealed class NoNotices : INotices
{
    public Task ShowAsync(Notification notification, Action onClick, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task WithdrawAsync(string tag, CancellationToken cancellationToken) => Task.CompletedTask;
}
