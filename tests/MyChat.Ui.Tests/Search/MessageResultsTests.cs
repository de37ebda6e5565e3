using Bunit;
using MyChat.Ui.App;
using MyChat.Ui.Search;
using MyChat.Ui.Shell;

namespace MyChat.Ui.Tests.Search;

public sealed class MessageResultsTests
{
    [Fact]
    public async Task Messages_are_found_below_the_people_with_the_hit_marked_and_open_their_chat()
    {
        await using var screens = await Screens.SignInAsync();
        var juliet = await screens.Befriend("juliet");
        await juliet.Conversations[screens.Client.Account].SendAsync("<b>明天</b>去北京大学吗？");
        await Screens.Sees(() => screens.Client.Conversations[juliet.Account].Summary.Unread == 1);
        // The server's index may lag a little.
        using var patience = new CancellationTokenSource(Screens.Patience);
        while ((await screens.Client.MessageSearch.SearchAsync("北京", null, null, patience.Token)).Messages.Count == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
        var list = screens.Render<SearchResults>(parameters => parameters.Add(results => results.Text, "北京"));
        await Screens.Sees(() => list.FindAll("mark").Count > 0);
        Assert.Equal("北京", list.Find("mark").TextContent);
        Assert.Equal("<b>明天</b>去北京大学吗？", list.Find(".hit-text").TextContent);
        Assert.Empty(list.FindAll(".hit-text b"));
        await list.InvokeAsync(() => list.Find(".hit-row").Click());
        Assert.Equal((MainPage.Chat, juliet.Account), (screens.App.Navigation.Page, screens.App.Navigation.Chat));
        Assert.NotNull(screens.App.Navigation.TakeWanted(juliet.Account));
        Assert.Null(screens.App.Navigation.TakeWanted(juliet.Account));
    }

    [Fact]
    public async Task Nothing_found_is_said_and_other_words_are_searched_for_anew()
    {
        await using var screens = await Screens.SignInAsync();
        var list = screens.Render<MessageResults>(parameters => parameters.Add(results => results.Text, "窗").Add(results => results.OnOpen, _ => { }));
        await Screens.Sees(() => list.Markup.Contains(screens.App.Words.History.Nothing("窗"), StringComparison.Ordinal));
        list.Render(parameters => parameters.Add(results => results.Text, "月"));
        await Screens.Sees(() => list.Markup.Contains(screens.App.Words.History.Nothing("月"), StringComparison.Ordinal));
    }
}
