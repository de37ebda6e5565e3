using MyChat.Ui.Chat;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Tests.Chat;

public sealed class PopoutsTests
{
    private static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");
    private readonly Popouts _popouts = new();
    private readonly List<string> _told = [];

    public PopoutsTests()
    {
        _popouts.Changed += () => _told.Add("changed");
        _popouts.FrontWanted += jid => _told.Add($"front {jid}");
    }

    [Fact]
    public void A_chat_has_one_window_which_comes_to_the_front_when_it_is_wanted_again()
    {
        _popouts.Open(Juliet);
        _popouts.Open(Juliet);
        Assert.Equal([Juliet], _popouts.All);
        Assert.Equal(["changed", "front juliet@verona.lit"], _told);
    }

    [Fact]
    public void A_closed_window_is_told_once()
    {
        _popouts.Open(Juliet);
        _popouts.Close(Juliet);
        _popouts.Close(Juliet);
        Assert.False(_popouts.IsOpen(Juliet));
        Assert.Equal(["changed", "changed"], _told);
    }

    [Fact]
    public void Who_leaves_takes_all_windows_along()
    {
        _popouts.Open(Juliet);
        _popouts.CloseAll();
        _popouts.CloseAll();
        Assert.Empty(_popouts.All);
        Assert.Equal(["changed", "changed"], _told);
    }
}
