using System.Text.RegularExpressions;
using System.Xml.Linq;
using MyChat.Client.Conversations;
using MyChat.Ui.Chat;
using MyChat.Ui.Language;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Tests.Chat;

public sealed class TranscriptTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_text_holds_names_times_and_every_line()
    {
        var text = await TextAsync(Words.English, Message("Soft!\nWhat light?"), Message("I come.", mine: true));
        Assert.Equal(
            "\uFEFFChat of Romeo with Juliet\r\nSaved on 3 March 2026, 09:30\r\n\r\n"
            + "[2 March 2026, 12:00] Juliet\r\n    Soft!\r\n    What light?\r\n\r\n[2 March 2026, 12:00] Romeo\r\n    I come.\r\n\r\n", text);
    }

    [Fact]
    public async Task It_is_in_the_language_of_the_screens()
    {
        var text = await TextAsync(Words.Chinese, Message("早"));
        Assert.Contains("Romeo 与 Juliet 的聊天记录", text, StringComparison.Ordinal);
        Assert.Contains("[2026年3月2日 12:00] Juliet", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_a_body_or_name_becomes_markup_in_the_page()
    {
        var page = await PageAsync("</title><script>alert(1)</script>", Message("<script>alert(2)</script>&\"' <img src=x onerror=alert(3)>"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(2)&lt;/script&gt;&amp;&quot;&#39;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_needs_nothing_else_and_may_run_nothing()
    {
        var page = await PageAsync("Juliet", Message("https://example.org/?a=1&b=\"2"));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!https://example.org/)", page);
        Assert.Contains("<a href=\"https://example.org/?a=1&amp;b=\" rel=\"noopener noreferrer\">", page, StringComparison.Ordinal);
        // Well-formed but for the tags of the head that HTML leaves open.
        var document = XDocument.Parse(Regex.Replace(page.Replace("<!DOCTYPE html>", ""), "<meta[^>]*>", ""));
        Assert.Single(document.Descendants("article"));
    }

    [Fact]
    public async Task What_was_never_sent_says_so()
    {
        var text = await TextAsync(Words.English, Message("Oh!", mine: true) with { State = MessageState.Failed });
        Assert.Contains("Romeo (not sent)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_the_file_is_one_that_file_systems_take()
    {
        var name = new Transcript(Words.English, "Romeo", "a/b\\c:d*e?f\"g<h>i|j\u202Ek\n", Now, TimeZoneInfo.Utc).FileName("txt");
        Assert.Equal("Chat with a_b_c_d_e_f_g_h_i_j_k_ 2026-03-03.txt", name);
    }

    private static ChatMessage Message(string body, bool mine = false) => new("k", BareJid.Parse("juliet@verona.lit"), 1)
    {
        IsMine = mine,
        Body = body,
        State = mine ? MessageState.Sent : MessageState.Received,
        Time = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
    };

    private static async Task<string> TextAsync(Words words, params ChatMessage[] messages) =>
        string.Concat(await new Transcript(words, "Romeo", "Juliet", Now, TimeZoneInfo.Utc).AsText(Pages(messages)).ToListAsync());

    private static async Task<string> PageAsync(string other, params ChatMessage[] messages) =>
        string.Concat(await new Transcript(Words.English, "Romeo", other, Now, TimeZoneInfo.Utc).AsPage(Pages(messages)).ToListAsync());

    private static async IAsyncEnumerable<IReadOnlyList<ChatMessage>> Pages(ChatMessage[] messages)
    {
        await Task.Yield();
        foreach (var message in messages)
        {
            yield return [message];
        }
    }
}
