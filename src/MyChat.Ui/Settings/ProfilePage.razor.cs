using Microsoft.AspNetCore.Components;
using MyChat.Client;
using MyChat.Client.Profiles;
using MyChat.Ui.App;
using MyChat.Ui.Common;

namespace MyChat.Ui.Settings;

/// <summary>What friends see of the user.</summary>
public partial class ProfilePage : AppComponent
{
    private ElementReference _file;
    private string _name = "";
    private string _signature = "";
    private string? _nameError;
    private string? _pictureError;
    private string? _error;
    private bool _busy;
    private bool _saved;
    private bool _copied;
    private bool _crops;

    [Inject]
    public required PageScript Page { get; set; }

    protected override Changes Watches => Changes.Self | Changes.Profiles;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _name = Client.Self.Name;
        _signature = Client.Self.Signature ?? "";
    }

    private async Task SaveAsync()
    {
        _saved = false;
        _nameError = _name.Trim().Length == 0 ? Words.Welcome.DisplayNameEmpty : null;
        if (_busy || _nameError is not null)
        {
            return;
        }

        _busy = true;
        var signature = _signature.Trim().Length == 0 ? null : _signature.Trim();
        _error = await TryAsync(async () =>
        {
            if (_name.Trim() != Client.Profiles.Own.Name)
            {
                await Client.Profiles.PublishAsync(Client.Profiles.Own with { Name = _name.Trim() });
            }

            if (signature != Client.Self.Signature)
            {
                await Client.Self.SetSignatureAsync(signature);
            }
        });
        _busy = false;
        _saved = _error is null;
    }

    // The same file may be chosen twice in a row: the script empties the input when it is done.
    private void ChooseAsync() => (_crops, _pictureError) = (true, null);

    private void Unreadable() => (_crops, _pictureError) = (false, Words.Profile.PictureUnreadable);

    private async Task TakeAsync(Picture picture)
    {
        _crops = false;
        await PublishAsync(profile => profile with { Picture = picture });
    }

    private async Task PublishAsync(Func<Profile, Profile> change) =>
        _pictureError = await TryAsync(() => Client.Profiles.PublishAsync(change(Client.Profiles.Own)));

    private async Task CopyAsync() => _copied = await Page.CallAsync<bool>("copyText", Client.Account.ToString());
}
