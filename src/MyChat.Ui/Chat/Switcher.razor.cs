using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MyChat.Client;
using MyChat.Client.Roster;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Chat;

/// <summary>Somebody to go to.</summary>
/// <param name="Initials">First letters of the name's Chinese characters in pinyin, where there are any.</param>
public sealed record SwitchTarget(Contact Contact, int Unread, string Draft, string Initials);

/// <summary>The quick switcher.</summary>
public partial class Switcher : AppComponent, IAsyncDisposable
{
    private const int MostRows = 50;

    private readonly string _listId = Ids.Next();
    private IReadOnlyList<SwitchTarget> _targets = [];
    private IReadOnlyList<SwitchTarget> _found = [];
    private string _text = "";
    private int _chosen;
    private ChatScript? _script;

    [Inject]
    public required IJSRuntime Runtime { get; set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _targets = Targets(_ => "");
        Find();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new ChatScript(Runtime, "chat-switcher.js");
            var names = _targets.Select(target => target.Contact.Name).ToArray();
            if (await _script.CallAsync<string[]>("initials", [names]) is { } initials && initials.Length == names.Length)
            {
                var byName = names.Zip(initials).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
                _targets = Targets(name => byName.GetValueOrDefault(name, ""));
                Find();
                StateHasChanged();
            }
        }
        else if (_script is not null)
        {
            await _script.CallAsync("reveal", OptionId(_chosen));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    // Chats first, as in their list, then the friends that one has not talked to.
    private List<SwitchTarget> Targets(Func<string, string> initialsOf)
    {
        var chats = Client.Conversations.All.Select(summary => (Contact: Client.Contacts[summary.Jid], summary.Unread, summary.Draft)).ToList();
        var seen = chats.Select(chat => chat.Contact.Jid).ToHashSet();
        var others = Client.Contacts.All.Where(contact => !seen.Contains(contact.Jid)).Select(contact => (Contact: contact, Unread: 0, Draft: ""));
        return [.. chats.Concat(others).Select(chat => new SwitchTarget(chat.Contact, chat.Unread, chat.Draft, initialsOf(chat.Contact.Name)))];
    }

    private string OptionId(int index) => $"{_listId}-{index}";

    private void OnInput(ChangeEventArgs change)
    {
        _text = (change.Value as string ?? "").Trim();
        Find();
    }

    // The caret stays where it is (data-list-keys).
    private void OnKey(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "Enter":
                Open(_chosen);
                break;
            case "ArrowDown":
                Choose(_chosen + 1);
                break;
            case "ArrowUp":
                Choose(_chosen - 1);
                break;
        }
    }

    private void Find()
    {
        _found = [.. SwitchSearch.Find(_targets, _text).Take(MostRows)];
        _chosen = 0;
    }

    private void Choose(int index) => _chosen = _found.Count == 0 ? 0 : (index + _found.Count) % _found.Count;

    private void Open(int index)
    {
        if (index < _found.Count)
        {
            var jid = _found[index].Contact.Jid;
            Close();
            Navigation.OpenChat(jid);
        }
    }

    private void Close() => Navigation.SetSwitcher(false);
}
