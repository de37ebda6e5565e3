using MyChat.Ui.App;

namespace MyChat.Desktop.Notices;

/// <summary>Notifications of the system's desktop.</summary>
internal interface INotices
{
    /// <summary>Shows one in the place of an older one with its tag. What the system cannot show is left out.</summary>
    /// <param name="onClick">Called when the user clicks it, where the system tells.</param>
    Task ShowAsync(Notification notification, Action onClick, CancellationToken cancellationToken);

    /// <summary>Takes one back, where the system can.</summary>
    Task WithdrawAsync(string tag, CancellationToken cancellationToken);
}
