using System.Globalization;
using Microsoft.Playwright;
using MyChat.Client.Connections;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Chat;

/// <summary>A chat of ten thousand messages: opens at once, scrolls without a jump.</summary>
public sealed class LongHistoryTests(Stage stage) : BrowserTest(stage)
{
    private const int Messages = 10_000;
    private const int Batch = 250;

    // Moves the log, then watches the messages in view for some frames, while pages are loaded: how far one moved by itself.
    private const string Step =
        """
        async distance => {
            const log = document.querySelector('[role=log]');
            log.scrollTop += distance;
            const box = log.getBoundingClientRect();
            const rows = [...log.querySelectorAll('article')]
                .map(row => ({ row, from: row.getBoundingClientRect() }))
                .filter(({ from }) => from.bottom > box.top && from.top < box.bottom);
            let worst = 0;
            for (let frame = 0; frame < 12; frame++) {
                await new Promise(requestAnimationFrame);
                worst = Math.max(worst, ...rows.map(({ row, from }) => row.isConnected ? Math.abs(row.getBoundingClientRect().top - from.top) : 1e6));
            }
            return worst;
        }
        """;

    // Where the messages in view are.
    private const string Places =
        """
        () => {
            const log = document.querySelector('[role=log]');
            const box = log.getBoundingClientRect();
            return Object.fromEntries([...log.querySelectorAll('article')]
                .map(row => [row.dataset.key, row.getBoundingClientRect()])
                .filter(([, place]) => place.bottom > box.top && place.top < box.bottom)
                .map(([key, place]) => [key, place.top]));
        }
        """;

    private const string Mounted = "() => document.querySelectorAll('[role=log] article').length";

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task It_opens_at_once_and_never_jumps(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        await ReceiveAsync(romeo, juliet);

        TestRun.Say($"{host}: a chat of {Messages} messages is there after {await OpenAsync(romeo, juliet):0} ms.");
        await romeo.Page.Locator(".to-end").ClickAsync();
        await romeo.Chat.SaysAsync(Text(Messages - 1));
        await romeo.Chat.IsUnreadAsync(juliet, 0);

        await StaysAsync(romeo, -1200, 40);
        var oldest = await romeo.Chat.Log.Locator("bdi.body").First.TextContentAsync();
        Assert.InRange(int.Parse(oldest!.Split(' ')[1], CultureInfo.InvariantCulture), 0, Messages - 600);
        await StaysAsync(romeo, 1200, 20);
        Assert.InRange(await romeo.Page.EvaluateAsync<int>(Mounted), 200, 300);

        // What comes in while one reads further up moves nothing, and is counted: where the end is not loaded, and where it is.
        await using var raw = await romeo.Venue.LogInRawAsync(juliet.UserName, juliet.Password, "raw");
        await StaysWhileComingAsync(romeo, juliet, raw, "one more", "and another");
        await StaysAsync(romeo, -1200, 1);
        await StaysWhileComingAsync(romeo, juliet, raw, "yet another", "the last");
    }

    // Ends at the end.
    private static async Task StaysWhileComingAsync(Person reader, Person writer, XmppConnection raw, string first, string second)
    {
        var before = await reader.Page.EvaluateAsync<Dictionary<string, double>>(Places);
        foreach (var text in (string[])[first, second])
        {
            await raw.SendAsync($"<message to='{reader.Jid}' type='chat'><body>{text}</body></message>");
        }
        await StaysAsync(reader, 0, 5);
        var toNew = reader.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = reader.Words.Chat.ToNew(2) });
        await Assertions.Expect(toNew).ToBeVisibleAsync();
        var after = await reader.Page.EvaluateAsync<Dictionary<string, double>>(Places);
        Assert.All(before, place => Assert.InRange(Math.Abs(after.GetValueOrDefault(place.Key, double.MaxValue) - place.Value), 0, 0.99));
        await toNew.ClickAsync();
        await reader.Chat.SaysAsync(second);
        await reader.Chat.IsUnreadAsync(writer, 0);
    }

    // Of one line and of several.
    private static string Text(int number) => $"message {number} {new string('o', number * 37 % 150)}".TrimEnd();

    private static async Task StaysAsync(Person person, int distance, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var moved = await person.Page.EvaluateAsync<double>(Step, distance);
            Assert.True(moved < 1, $"At step {i} of {distance} px a message moved by {moved} px.");
        }
    }

    private static async Task ReceiveAsync(Person romeo, Person juliet)
    {
        await using var raw = await romeo.Venue.LogInRawAsync(juliet.UserName, juliet.Password, "raw");
        await romeo.Shell.ChatsTab.ClickAsync();
        for (var i = 0; i < Messages; i++)
        {
            await raw.SendAsync($"<message to='{romeo.Jid}' type='chat'><body>{Text(i)}</body></message>");
            if (i % Batch == Batch - 1)
            {
                // Not more at once than may wait undelivered.
                await Assertions.Expect(romeo.Chat.Row(juliet)).ToContainTextAsync(romeo.Words.Common.Unread(i + 1), new LocatorAssertionsToContainTextOptions { Timeout = 120_000 });
            }
        }
    }

    // From the click to the messages on the screen, in milliseconds.
    private static Task<double> OpenAsync(Person romeo, Person juliet) => romeo.Chat.Row(juliet).GetByRole(AriaRole.Button).First.EvaluateAsync<double>(
        """
        async row => {
            const from = performance.now();
            row.click();
            while (!document.querySelector('[role=log]:not(.is-placing) article')) {
                await new Promise(requestAnimationFrame);
            }
            return performance.now() - from;
        }
        """);
}
