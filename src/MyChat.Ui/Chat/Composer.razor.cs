using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Roster;
using MyChat.Client.Stores;
using MyChat.Ui.App;
using MyChat.Ui.Common;

namespace MyChat.Ui.Chat;

/// <summary>Where one writes. A text leaves the box only when the outbox has it.</summary>
public partial class Composer : AppComponent
{
    private readonly string _noteId = Ids.Next();
    private readonly TaskCompletionSource<ScriptPart?> _attached = new();
    private ElementReference _root;
    private ElementReference _emojiHost;
    private ChatScript? _script;
    private ScriptPart? _part;
    private DotNetObjectReference<Composer>? _this;
    private string _draft = "";
    private MessageFormat? _chosenFormat;
    private (bool CtrlEnterSends, string? Ink)? _told;
    private bool _showsFormat;
    private string? _error;
    private int _bytesOver;

    [Inject]
    public required IJSRuntime Runtime { get; set; }

    [Parameter, EditorRequired]
    public required Conversation Conversation { get; set; }

    [Parameter, EditorRequired]
    public required Contact Contact { get; set; }

    /// <summary>A message was put into the outbox.</summary>
    [Parameter]
    public EventCallback OnSent { get; set; }

    protected override Changes Watches => Changes.Status | Changes.Self;

    private MessageFormat Format => _chosenFormat ?? Client.Self.Preferences.Format;

    private string? Note => this switch
    {
        { _bytesOver: > 0 } => Words.Chat.TooLong(_bytesOver),
        { _error: { } error } => error,
        _ when !Client.Status.IsOnline => Words.Shell.WillSendWhenBack,
        _ => null,
    };

    public async Task FocusAsync()
    {
        if (_part is not null)
        {
            await _part.CallAsync("focus");
        }
    }

    /// <summary>Keeps what is written now as the draft.</summary>
    public async Task KeepDraftAsync()
    {
        if (_part is not null && await _part.CallAsync<string?>("takeDraft") is { } draft)
        {
            await KeepDraft(draft);
            await _part.CallAsync("draftIsKept", draft);
        }
    }

    /// <summary>Answers whether the outbox has it.</summary>
    [JSInvokable]
    public async Task<bool> Send(string text)
    {
        var error = await TryStoreAsync(() => Conversation.SendAsync(text, Format == MessageFormat.Plain ? null : Format));
        await InvokeAsync(async () =>
        {
            _error = error;
            if (error is null)
            {
                await OnSent.InvokeAsync();
            }
            StateHasChanged();
        });
        return error is null;
    }

    [JSInvokable]
    public Task KeepDraft(string draft) => TryStoreAsync(() => Conversation.SetDraftAsync(draft));

    [JSInvokable]
    public void Typing(bool typing) => Conversation.SetTyping(typing);

    [JSInvokable]
    public Task TooLong(int bytesOver) => InvokeAsync(() =>
    {
        _bytesOver = bytesOver;
        StateHasChanged();
    });

    /// <summary>A key of the box: bold, italic, underline.</summary>
    [JSInvokable]
    public Task ToggleFormat(string key) => InvokeAsync(() => ChangeFormatAsync(key switch
    {
        "b" => Format with { Bold = !Format.Bold },
        "i" => Format with { Italic = !Format.Italic },
        "u" => Format with { Underline = !Format.Underline },
        _ => Format,
    }));

    [JSInvokable]
    public Task UseEmoji(string emoji) => App.ChangeSettingsAsync(settings => settings.WithEmoji(emoji));

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _draft = Conversation.Summary.Draft;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var now = (App.Settings.CtrlEnterSends, FormatLook.InkOf(Format));
        if (firstRender)
        {
            _told = now;
            _this = DotNetObjectReference.Create(this);
            _script = new ChatScript(Runtime, "chat-composer.js");
            await _script.PreloadAsync();
            // The draft as it is now, in one step with the script: it may have been kept since this was rendered.
            _part = await _script.AttachAsync(_root, _this, Conversation.Summary.Draft, Conversation.MaxBodyBytes, App.Settings.CtrlEnterSends);
            _attached.TrySetResult(_part);
        }
        else if (_part is not null && _told != now)
        {
            _told = now;
            await _part.CallAsync("refresh", App.Settings.CtrlEnterSends);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await KeepDraftAsync();
        _attached.TrySetResult(null);
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
        _this?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ChangeFormatAsync(MessageFormat format)
    {
        _chosenFormat = format;
        StateHasChanged();
        var error = await TryStoreAsync(() => Client.Self.SetPreferencesAsync(Client.Self.Preferences with { Format = format }));
        _error = error;
        StateHasChanged();
    }

    private async Task ToggleEmojiAsync()
    {
        // Pressed before the script was there: it opens as soon as that is.
        if (await _attached.Task is { } part)
        {
            var words = Words.Chat;
            await part.CallAsync("toggleEmoji", _emojiHost, new Dictionary<string, string>
            {
                ["language"] = Words.Tag,
                ["title"] = words.Emoji,
                ["search"] = words.EmojiSearch,
                ["nothing"] = words.EmojiNothing,
                ["recent"] = words.EmojiRecent,
            }, words.EmojiGroups, App.Settings.RecentEmoji ?? []);
        }
    }

    private async Task<string?> TryStoreAsync(Func<Task> command)
    {
        try
        {
            await command();
            return null;
        }
        catch (ArgumentException)
        {
            return Words.Chat.NotKept(Words.Chat.NothingToSend);
        }
        catch (StoreException exception)
        {
            return Words.Chat.NotKept(Words.Errors.Store(exception.Message));
        }
        catch (XmppException exception)
        {
            return Words.Chat.NotKept(Words.Errors.Of(exception));
        }
    }
}
