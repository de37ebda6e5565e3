using MyChat.Client;
using MyChat.Ui.App;

namespace MyChat.Ui.Verification;

/// <summary>The verification inbox: what is here waits until it is answered or dismissed.</summary>
public partial class VerificationPage : AppComponent
{
    // What was new when the page opened or came while it was open; marked as long as it is.
    private readonly HashSet<string> _new = [];
    private bool _marking;

    protected override Changes Watches => Changes.Notices | Changes.Contacts;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_marking || !Window.IsFocused || App.Client is not { } client || client.Notices.UnseenCount == 0)
        {
            return;
        }

        _marking = true;
        _new.UnionWith(client.Notices.All.Where(notice => !notice.IsSeen).Select(notice => notice.Id));
        await TryAsync(() => client.Notices.MarkSeenAsync());
        _marking = false;
        StateHasChanged();
    }
}
