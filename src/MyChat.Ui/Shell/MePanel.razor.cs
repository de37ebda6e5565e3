using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MyChat.Client;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Ui.App;
using MyChat.Ui.Common;

namespace MyChat.Ui.Shell;

public partial class MePanel : AppComponent
{
    private static readonly Availability[] Choices = [Availability.Online, Availability.Chatty, Availability.Away, Availability.Busy];
    private ElementReference _input;
    private ElementReference _button;
    private Menu? _menu;
    private string? _signature;
    private string? _error;
    private Wanted _focus;

    private enum Wanted { Nothing, Input, Button }

    protected override Changes Watches => Changes.Self | Changes.Status;

    private Self Self => Client.Self;

    // What friends see: nobody is online without a connection.
    private Availability Shown => Client.Status.IsOnline ? Self.Availability : Availability.Offline;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var wanted = _focus;
        _focus = Wanted.Nothing;
        if (wanted != Wanted.Nothing)
        {
            await (wanted == Wanted.Input ? _input : _button).FocusAsync();
        }
    }

    private void Edit()
    {
        _signature = Self.Signature ?? "";
        _focus = Wanted.Input;
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        // An Enter that ends a composition belongs to the input method.
        if (key is { Key: "Enter", IsComposing: false })
        {
            _focus = Wanted.Button;
            await SaveAsync();
        }
        else if (key is { Key: "Escape", IsComposing: false })
        {
            _signature = null;
            _focus = Wanted.Button;
        }
    }

    private async Task SaveAsync()
    {
        if (_signature is not { } typed)
        {
            return;
        }

        _signature = null;
        var signature = typed.Trim().Length == 0 ? null : typed.Trim();
        if (signature != Self.Signature)
        {
            _error = await TryAsync(() => Self.SetSignatureAsync(signature));
            if (_error is not null)
            {
                _signature = typed;
            }
        }
    }

    private async Task SetAsync(Availability availability) => _error = await TryAsync(() => Self.SetAvailabilityAsync(availability));
}
