using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Roster;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Ui.Friends;

/// <summary>Finds people and asks them. On a server without search the address is enough.</summary>
public partial class AddFriendPage : AppComponent
{
    private TextField? _field;
    private string _text = "";
    private string _searched = "";
    private string? _error;
    private bool _busy;
    private IReadOnlyList<FoundPerson>? _found;
    private FoundPerson? _asked;

    // Whom the search found may become a friend while the page is open; whether the server searches may be known later than that one is connected.
    protected override Changes Watches => Changes.Contacts | Changes.Notices | Changes.Status | Changes.Self;

    private bool Searches => Client.Search.IsOffered;

    private async Task FindAsync()
    {
        if (_busy)
        {
            return;
        }

        (_error, _found, _searched) = (null, null, _text.Trim());
        if (_searched.Length == 0)
        {
            _error = Words.Friends.TooShort;
        }
        else if (Searches)
        {
            await SearchAsync();
        }
        else
        {
            TakeAddress();
        }

        if (_error is not null && _field is not null)
        {
            await _field.FocusAsync();
        }
    }

    private async Task SearchAsync()
    {
        _busy = true;
        StateHasChanged();
        try
        {
            _found = await Client.Search.FindAsync(_searched);
            if (_found.Count == 0 && ReadAddress() is { } address)
            {
                // Not in this server's directory: at another server, or not to be found. The address still reaches them.
                _found = [Stranger(address)];
            }
        }
        catch (StanzaErrorException refused) when (refused.Condition == StanzaErrorCondition.NotAcceptable)
        {
            _error = Words.Friends.TooShort;
        }
        catch (XmppException) when (!Searches)
        {
            TakeAddress(); // only now it is known that the server has no search
        }
        catch (XmppException failed)
        {
            _error = Words.Errors.Of(failed);
        }
        finally
        {
            _busy = false;
        }
    }

    private void TakeAddress()
    {
        if (ReadAddress() is { } address)
        {
            _found = [Stranger(address)];
        }
        else
        {
            _error = Words.Friends.AddressInvalid;
        }
    }

    // A bare name is meant at the own server, where nothing can be searched.
    private BareJid? ReadAddress()
    {
        var typed = _searched.Contains('@', StringComparison.Ordinal) || Searches ? _searched : $"{_searched}@{Client.Account.Domainpart}";
        return BareJid.TryParse(typed, out var jid) && jid.Localpart is not null ? jid : null;
    }

    private FoundPerson Stranger(BareJid jid)
    {
        var contact = Client.Contacts[jid];
        return new FoundPerson(jid, contact.Name, contact.Friendship, jid.Equals(Client.Account)) { PictureHash = contact.PictureHash };
    }
}
