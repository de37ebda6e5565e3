using Bunit;
using Microsoft.AspNetCore.Components.Web;
using MyChat.Ui.App;
using MyChat.Ui.Common;

namespace MyChat.Ui.Tests.Common;

public sealed class TabsTests : BunitContext
{
    public TabsTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Theory]
    [InlineData("ArrowRight", ListTab.Friends)]
    [InlineData("ArrowLeft", ListTab.Groups)]
    [InlineData("End", ListTab.Groups)]
    [InlineData("Home", ListTab.Chats)]
    public void The_arrow_keys_choose(string key, ListTab expected)
    {
        var chosen = ListTab.Chats;
        var tabs = Render<Tabs<ListTab>>(with => with
            .Add(t => t.Items, [new(ListTab.Chats, "Chats"), new(ListTab.Friends, "Friends"), new(ListTab.Groups, "Groups")])
            .Add(t => t.Value, ListTab.Chats)
            .Add(t => t.ValueChanged, value => chosen = value)
            .Add(t => t.Label, "Lists")
            .Add(t => t.PanelId, "panel"));
        tabs.Find("[role=tablist]").KeyDown(new KeyboardEventArgs { Key = key });
        Assert.Equal(expected, chosen);
    }

    [Fact]
    public void Only_the_chosen_tab_is_a_stop()
    {
        var tabs = Render<Tabs<ListTab>>(with => with
            .Add(t => t.Items, [new(ListTab.Chats, "Chats", 3, "3 unread messages"), new(ListTab.Friends, "Friends")])
            .Add(t => t.Value, ListTab.Friends)
            .Add(t => t.Label, "Lists")
            .Add(t => t.PanelId, "panel"));
        Assert.Equal(["-1", "0"], tabs.FindAll("[role=tab]").Select(tab => tab.GetAttribute("tabindex")));
        Assert.Contains("3 unread messages", tabs.Find("[role=tab]").TextContent, StringComparison.Ordinal);
    }
}
