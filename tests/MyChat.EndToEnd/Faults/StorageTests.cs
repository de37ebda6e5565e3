using Microsoft.Playwright;
using MyChat.Client.Conversations;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Faults;

/// <summary>The browser gives no more room.</summary>
public sealed class StorageTests(Stage stage) : BrowserTest(stage)
{
    // The API answers as it does when the quota is used up. Chromium's own way (Storage.overrideQuotaForOrigin) leaves IndexedDB as it was.
    private const string Fill =
        """
        () => {
            const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function (...values) {
                if (globalThis.isFull) {
                    throw new DOMException('No room.', 'QuotaExceededError');
                }
                return put.apply(this, values);
            };
            globalThis.isFull = true;
        }
        """;

    [Fact]
    public async Task A_full_browser_store_is_said_and_the_chat_goes_on()
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(HostKind.Web);
        await romeo.Chat.OpenAsync(juliet);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Page.EvaluateAsync(Fill);
        // Nothing is lost or doubled, in either direction, whatever the store says.
        var text = new string('x', 20_000);
        for (var i = 1; i <= 3; i++)
        {
            await romeo.Chat.SendAsync(juliet, $"romeo {i} {text}");
            await juliet.Chat.SaysBeginningAsync($"romeo {i} ");
            await juliet.Chat.SendAsync(romeo, $"juliet {i} {text}");
            await romeo.Chat.SaysBeginningAsync($"juliet {i} ");
        }
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions
        {
            HasText = romeo.Words.Errors.Store(""),
        })).ToBeVisibleAsync();

        // There is room again: with the next message all is kept that was not.
        await romeo.Page.EvaluateAsync("() => { globalThis.isFull = false; }");
        await juliet.Chat.SendAsync(romeo, "the last");
        await romeo.Chat.SaysAsync("the last");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions
        {
            HasText = romeo.Words.Errors.Store(""),
        })).ToHaveCountAsync(0);
        await romeo.LeaveAsync();
        await romeo.ReturnAsync();
        await romeo.Chat.OpenAsync(juliet);
        for (var i = 1; i <= 3; i++)
        {
            await romeo.Chat.SaysBeginningAsync($"romeo {i} ");
            await romeo.Chat.SaysBeginningAsync($"juliet {i} ");
        }
    }
}
