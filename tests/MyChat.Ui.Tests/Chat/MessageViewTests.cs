using Bunit;
using MyChat.Client.Conversations;
using MyChat.Ui.Chat;
using MyChat.Ui.Language;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Ui.Tests.Chat;

public sealed class MessageViewTests : BunitContext
{
    [Fact]
    public void A_body_of_markup_is_text()
    {
        var view = Show(Message("<script>alert(1)</script><img src=x onerror=alert(1)>"));
        Assert.Empty(view.FindAll("script, img"));
        Assert.Equal("<script>alert(1)</script><img src=x onerror=alert(1)>", view.Find(".body").TextContent);
    }

    [Fact]
    public void White_space_is_kept_and_none_is_added()
    {
        var view = Show(Message("  two\n\n lines https://example.org/ end "));
        Assert.Equal("  two\n\n lines https://example.org/ end ", view.Find(".body").TextContent);
    }

    [Fact]
    public void A_link_opens_elsewhere_and_tells_nothing_of_here()
    {
        var link = Show(Message("https://example.org/")).Find("a");
        Assert.Equal("_blank", link.GetAttribute("target"));
        Assert.Equal("noopener noreferrer", link.GetAttribute("rel"));
    }

    [Fact]
    public void A_body_cannot_turn_what_stands_around_it()
    {
        var body = Show(Message("a\u202Eb")).Find(".body");
        Assert.Equal("BDI", body.TagName);
        Assert.Equal("auto", body.GetAttribute("dir"));
        Assert.Equal("a\uFFFDb", body.TextContent);
    }

    [Fact]
    public void An_article_is_called_by_its_sender_and_time()
    {
        var label = Show(Message("Soft!")).Find("article").GetAttribute("aria-label")!;
        Assert.StartsWith("Juliet, ", label, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MessageState.Queued, "waits to be sent")]
    [InlineData(MessageState.Sent, "sent")]
    [InlineData(MessageState.Delivered, "delivered")]
    [InlineData(MessageState.Read, "read")]
    public void The_state_of_an_own_message_is_said_in_a_word(MessageState state, string word) =>
        Assert.Equal(word, Show(Message("Soft!", state)).Find(".mark .only-read").TextContent);

    [Fact]
    public void A_failed_message_says_why_and_offers_two_ways_out()
    {
        var view = Show(Message("Soft!", MessageState.Failed) with { Error = StanzaErrorCondition.ServiceUnavailable });
        Assert.Contains(Words.English.Errors.Of(StanzaErrorCondition.ServiceUnavailable), view.Find(".failure").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, view.FindAll(".failure button").Count);
    }

    [Fact]
    public void A_long_message_unfolds_and_folds_again()
    {
        var body = string.Concat(Enumerable.Repeat("balcony ", 2000));
        var view = Show(Message(body));
        Assert.True(view.Find(".body").TextContent.Length < 2000);
        view.Find(".fold").Click();
        Assert.Equal(body, view.Find(".body").TextContent);
        view.Find(".fold").Click();
        Assert.True(view.Find(".body").TextContent.Length < 2000);
    }

    [Fact]
    public void The_look_that_others_chose_can_be_switched_off()
    {
        var message = Message("Soft!") with { Format = new MessageFormat("kai", 18, true, false, false, "#ff0000") };
        Assert.Contains("font-kai", Show(message).Find(".body").ClassName!, StringComparison.Ordinal);
        var plain = Show(message, showsFormats: false).Find(".body");
        Assert.DoesNotContain("font-kai", plain.ClassName!, StringComparison.Ordinal);
        Assert.Null(plain.GetAttribute("data-ink"));
    }

    [Fact]
    public void Nothing_is_rendered_anew_when_nothing_changed()
    {
        var row = new MessageRow(Message("Soft!"), true, true);
        var view = Show(row);
        view.Render(parameters => parameters.Add(v => v.Row, new MessageRow(row.Message, true, true)));
        Assert.Equal(1, view.RenderCount);
        view.Render(parameters => parameters.Add(v => v.Row, row with { Ends = false }));
        Assert.Equal(2, view.RenderCount);
    }

    private IRenderedComponent<MessageView> Show(ChatMessage message, bool showsFormats = true) => Show(new MessageRow(message, true, true), showsFormats);

    private IRenderedComponent<MessageView> Show(MessageRow row, bool showsFormats = true) => Render<MessageView>(parameters => parameters
        .Add(view => view.Row, row)
        .Add(view => view.Sender, "Juliet")
        .Add(view => view.ShowsFormats, showsFormats)
        .Add(view => view.Words, Words.English)
        .Add(view => view.Owner, null!));

    private static ChatMessage Message(string body, MessageState state = MessageState.Received) => new("k", BareJid.Parse("juliet@verona.lit"), 1)
    {
        IsMine = state != MessageState.Received,
        Body = body,
        State = state,
        Time = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
    };
}
