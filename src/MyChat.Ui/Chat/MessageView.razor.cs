using Microsoft.AspNetCore.Components;
using MyChat.Client.Conversations;
using MyChat.Ui.Common;
using MyChat.Ui.Language;

namespace MyChat.Ui.Chat;

/// <summary>One message. It renders anew only when something of it changed: there are hundreds.</summary>
public partial class MessageView : ComponentBase
{
    private readonly string _id = Ids.Next();
    private (MessageRow Row, string Sender, bool ShowsFormats, Words Words)? _shown;
    private bool _mustRender;
    private IReadOnlyList<BodyPart> _parts = [];
    private string _classes = "";
    private string? _ink;
    private bool _isLarge;
    private int? _foldAt;
    private bool _isOpen;

    [Parameter, EditorRequired]
    public required MessageRow Row { get; set; }

    /// <summary>What to call who wrote it.</summary>
    [Parameter, EditorRequired]
    public required string Sender { get; set; }

    [Parameter, EditorRequired]
    public bool ShowsFormats { get; set; }

    [Parameter, EditorRequired]
    public required Words Words { get; set; }

    [Parameter, EditorRequired]
    public required TimelineView Owner { get; set; }

    private ChatMessage Message => Row.Message;

    private DateTimeOffset Local => Message.Time.ToLocalTime();

    private string Label => Words.Chat.Article(Sender, Words.Dates.Time(Local));

    protected override void OnParametersSet()
    {
        var now = (Row, Sender, ShowsFormats, Words);
        _mustRender = _shown != now;
        if (_mustRender)
        {
            _shown = now;
            Prepare();
        }
    }

    protected override bool ShouldRender() => _mustRender;

    private void Prepare()
    {
        _foldAt = BodyText.FoldAt(Message.Body);
        _parts = BodyText.Split(_foldAt is { } at && !_isOpen ? Message.Body[..at] + "…" : Message.Body);
        var format = ShowsFormats ? Message.Format : null;
        _classes = FormatLook.Classes(format);
        _ink = FormatLook.InkOf(format);
        _isLarge = format?.Size is null && BodyText.IsEmojiOnly(Message.Body);
    }

    private void Toggle()
    {
        _isOpen = !_isOpen;
        _mustRender = true;
        Prepare();
    }
}
