using Microsoft.AspNetCore.Components;
using MyChat.Client.Roster;
using MyChat.Ui.App;

namespace MyChat.Ui.Verification;

public partial class NoticeCard : AppComponent
{
    private bool _busy;
    private bool _blocks;
    private bool _asks;
    private string? _error;

    [Parameter, EditorRequired]
    public required Notice Notice { get; set; }

    /// <summary>It came since the page was opened.</summary>
    [Parameter]
    public bool IsNew { get; set; }

    private Task AgreeAsync() => RunAsync(() => Client.Notices.AgreeAsync(Notice.Jid), Words.Verification.Agreed(Notice.Name));

    private Task RefuseAsync() => RunAsync(() => Client.Notices.RefuseAsync(Notice.Jid), Words.Verification.Refused(Notice.Name));

    private Task DismissAsync() => RunAsync(() => Client.Notices.DismissAsync(Notice.Id), null);

    private async Task BlockAsync()
    {
        await Client.Contacts.BlockAsync(Notice.Jid);
        await Client.Notices.RefuseAsync(Notice.Jid);
        App.Tell(Words.Verification.Blocked(Notice.Name));
    }

    private async Task RunAsync(Func<Task> command, string? done)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        _error = await TryAsync(command);
        _busy = false;
        if (_error is null && done is not null)
        {
            App.Tell(done);
        }
    }
}
