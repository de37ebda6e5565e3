using System.Security;
using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Faults;

/// <summary>Whatever a text is made of, it is shown as text, and the window around it stays whole.</summary>
public sealed class TextTests(Stage stage) : BrowserTest(stage)
{
    private const string Html = "<b>bold</b><img src=x onerror='document.title=\"owned\"'><script>document.title='owned'</script>&amp;<svg/onload=alert(1)>";
    private const string Bidi = "user\u202Etxt.exe \u2066isolate\u2069 \u200Fright \u2067never closed";

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task Markup_bidi_controls_and_sixty_kilobytes_of_emoji_are_text(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        // A client of another make sends what ours would not.
        await using var sender = await romeo.Venue.LogInRawAsync(romeo.UserName, romeo.Password);
        await juliet.Chat.OpenAsync(romeo);
        var emoji = string.Concat(Enumerable.Repeat("👩🏽‍🚀", 60 * 1024 / 15));
        foreach (var body in new[] { Html, Bidi, new string('W', 5000), emoji, "javascript:alert(1) https://example.org/%22onmouseover=%22alert(1)", "end" })
        {
            await sender.SendAsync($"<message to='{juliet.Jid}' type='chat'><body>{SecurityElement.Escape(body)}</body></message>");
        }
        await juliet.Chat.SaysAsync("end");
        await juliet.Chat.SaysAsync(Html);
        Assert.Equal(6, await juliet.Chat.Log.GetByRole(AriaRole.Article).CountAsync());
        Assert.Equal(0, await juliet.Chat.Log.Locator("b, img, script, svg:not([aria-hidden])").CountAsync());
        Assert.DoesNotContain("owned", await juliet.Page.TitleAsync(), StringComparison.Ordinal);
        foreach (var link in await juliet.Chat.Log.GetByRole(AriaRole.Link).AllAsync())
        {
            Assert.StartsWith("https://", await link.GetAttributeAsync("href"), StringComparison.Ordinal);
            Assert.Null(await link.GetAttributeAsync("onmouseover"));
        }
        await IsWholeAsync(juliet);
        // Nor where the last message stands in a list.
        await sender.SendAsync($"<message to='{juliet.Jid}' type='chat'><body>{SecurityElement.Escape(Bidi)}</body></message>");
        await juliet.Shell.ChatsTab.ClickAsync();
        await IsWholeAsync(juliet);
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task Names_signatures_and_notes_of_others_are_text(HostKind host)
    {
        OnlyWhenFull();
        var romeo = await EnterAsync(host, "romeo");
        var eve = Stage.NewName("eve");
        await romeo.Venue.Server.RegisterAsync(eve, "apple");
        await using var attacker = await romeo.Venue.LogInRawAsync(eve, "apple");
        var escaped = SecurityElement.Escape(Html + Bidi);
        await attacker.SendAsync($"<iq type='set' id='v'><vCard xmlns='vcard-temp'><NICKNAME>{escaped}</NICKNAME><DESC>{escaped}</DESC></vCard></iq>");
        await attacker.SendAsync($"<presence to='{romeo.Jid}' type='subscribe'><status>{escaped}</status></presence>");
        await romeo.Verification.IsMarkedAsync(1);
        await romeo.Verification.OpenAsync();
        await Assertions.Expect(romeo.Page.GetByText("<b>bold</b>").First).ToBeVisibleAsync();
        Assert.DoesNotContain("owned", await romeo.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await romeo.Page.Locator("main img, main b, main script").CountAsync());
        await IsWholeAsync(romeo);
    }

    /// <summary>Nothing sticks out of the window, and nothing that belongs to the window is pushed out of it.</summary>
    private static async Task IsWholeAsync(Person person)
    {
        Assert.True(await person.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the window.");
        await Assertions.Expect(person.Shell.FriendsTab).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
        await Assertions.Expect(person.Verification.Entrance).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
    }
}
