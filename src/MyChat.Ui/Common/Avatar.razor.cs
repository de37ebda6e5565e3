using Microsoft.AspNetCore.Components;
using MyChat.Client;
using MyChat.Client.Profiles;
using MyChat.Client.Roster;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Common;

public enum AvatarSize { Small, Medium, Large, Huge }

/// <summary>The picture that somebody chose, else initials in a colour of their own.</summary>
public partial class Avatar : ComponentBase, IDisposable
{
    private string? _source;
    private string? _hash;

    [CascadingParameter]
    public required ChatApp App { get; set; }

    [Parameter, EditorRequired]
    public required BareJid Jid { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter]
    public string? PictureHash { get; set; }

    /// <summary>Shown as a dot at the corner; null: none.</summary>
    [Parameter]
    public Availability? Availability { get; set; }

    [Parameter]
    public AvatarSize Size { get; set; } = AvatarSize.Medium;

    [Parameter]
    public string? Class { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnInitialized() => App.ClientChanged += OnProfiles;

    public void Dispose()
    {
        App.ClientChanged -= OnProfiles;
        GC.SuppressFinalize(this);
    }

    // Only a picture that is wanted and was not there is looked for again: profiles change often while a roster comes in.
    private void OnProfiles(Changes changes)
    {
        if ((changes & Changes.Profiles) != 0 && PictureHash is not null && _source is null)
        {
            _ = InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            });
        }
    }

    private async Task LoadAsync()
    {
        if (PictureHash is null || App.Client is not { } client)
        {
            (_source, _hash) = (null, null);
        }
        else if (_hash != PictureHash || _source is null)
        {
            _hash = PictureHash;
            var picture = await client.Profiles.GetPictureAsync(PictureHash);
            _source = picture is null ? null : PictureSource.Of(picture);
        }
    }
}
