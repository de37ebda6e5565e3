using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MyChat.Client.Conversations;
using MyChat.Client.Roster;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Friends;

/// <summary>What can be done with somebody in a list. One serves the whole list.</summary>
public partial class ContactMenu : AppComponent
{
    private Menu? _menu;
    private BareJid? _jid;
    private Question _question;

    private enum Question { None, Delete, Block, Rename }

    /// <summary>In the list of chats: with what concerns the chat.</summary>
    [Parameter]
    public bool InChats { get; set; }

    private Contact Contact => Client.Contacts[_jid!];

    private Conversation Conversation => Client.Conversations[_jid!];

    private ConversationSummary Summary => Conversation.Summary;

    /// <summary>Opens for somebody: at the pointer, or below what has the focus.</summary>
    public void Open(BareJid jid, MouseEventArgs at)
    {
        _jid = jid;
        StateHasChanged();
        _menu?.OpenAt(at);
    }

    private void ShowProfile(BareJid jid)
    {
        Navigation.OpenChat(jid);
        Navigation.SetDetails(true);
    }

    private async Task HideAsync()
    {
        await Conversation.HideAsync();
        if (Equals(Navigation.Chat, _jid))
        {
            Navigation.CloseChat();
        }
    }

    private void Ask(Question question)
    {
        _question = question;
        StateHasChanged();
    }

    private void Answered() => _question = Question.None;

    private async Task RunAsync(Func<Task> command)
    {
        if (await TryAsync(command) is { } error)
        {
            App.Tell(error);
        }
    }
}
