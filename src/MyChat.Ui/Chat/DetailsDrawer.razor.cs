using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MyChat.Client;
using MyChat.Client.Conversations;
using MyChat.Client.Profiles;
using MyChat.Client.Roster;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Chat;

/// <summary>Who it is, and what goes for the chat: name, mute, pin, transcript, deleting, blocking.</summary>
public partial class DetailsDrawer : AppComponent
{
    private readonly string _muteId = Ids.Next();
    private Contact _contact = null!; // set with the parameters
    private BareJid? _shown;
    private string? _alias;
    private string? _profileSignature;
    private string? _error;
    private bool _busy;
    private Question _question;

    private enum Question { None, Save, Delete, Block }

    [Inject]
    public required IJSRuntime Runtime { get; set; }

    [Parameter, EditorRequired]
    public required BareJid Jid { get; set; }

    /// <summary>How it closes where it is not the main window's; null: by the navigation.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    protected override Changes Watches => Changes.Contacts | Changes.Conversations | Changes.Profiles;

    private Conversation Conversation => Client.Conversations[Jid];

    private string Alias => _alias ?? _contact.Alias ?? "";

    private string? Signature => _contact.Signature ?? _profileSignature;

    private DateTimeOffset? MutedUntil => Conversation.Summary.MutedUntil is { } until && until > App.Now ? until : null;

    private string State => _contact is { IsOnline: false, LastSeen: { } seen }
        ? $"{Words.Common.Of(_contact.Availability)} · {Words.Dates.LastSeen(seen.ToLocalTime(), App.Now)}"
        : Words.Common.Of(_contact.Availability);

    protected override async Task OnParametersSetAsync()
    {
        _contact = Client.Contacts[Jid];
        if (!Jid.Equals(_shown))
        {
            _shown = Jid;
            (_alias, _error, _profileSignature, _question) = (null, null, null, Question.None);
            await LoadProfileAsync(Jid);
        }
    }

    protected override bool ShouldRender()
    {
        _contact = Client.Contacts[Jid];
        return true;
    }

    // Of somebody who is no friend nothing is known yet.
    private async Task LoadProfileAsync(BareJid jid)
    {
        if (_contact.Signature is null && Client.Status.IsOnline)
        {
            Profile? profile = null;
            await TryAsync(async () => profile = await Client.Profiles.FetchAsync(jid));
            if (jid.Equals(Jid))
            {
                _profileSignature = profile?.Signature;
            }
        }
    }

    private string MuteEnd(DateTimeOffset until) =>
        until.ToLocalTime().Date == App.Now.Date ? Words.Dates.Time(until.ToLocalTime()) : Words.Dates.Full(until.ToLocalTime());

    private Task MuteAsync(DateTimeOffset? until) => Conversation.MuteAsync(until);

    private Task RenameAsync()
    {
        var alias = _alias?.Trim();
        return RunAsync(async () =>
        {
            await Client.Contacts.RenameAsync(Jid, alias is { Length: > 0 } ? alias : null);
            _alias = null;
        });
    }

    private async Task RunAsync(Func<Task> command)
    {
        if (!_busy)
        {
            _busy = true;
            _error = await TryAsync(command);
            _busy = false;
            _question = Question.None;
        }
    }

    private void NoQuestion() => _question = Question.None;

    private Task CloseAsync()
    {
        if (OnClose.HasDelegate)
        {
            return OnClose.InvokeAsync();
        }
        Navigation.SetDetails(false);
        return Task.CompletedTask;
    }

    private async Task CopyAsync()
    {
        await using var script = new ChatScript(Runtime, "chat-timeline.js");
        await script.CallAsync("copyText", Jid.ToString());
        App.Tell(Words.Common.Copied);
    }
}
