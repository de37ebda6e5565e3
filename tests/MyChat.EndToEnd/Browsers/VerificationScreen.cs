using Microsoft.Playwright;
using MyChat.Client.Roster;

namespace MyChat.EndToEnd.Browsers;

/// <summary>The verification inbox.</summary>
public sealed class VerificationScreen(Person person) : Screen(person)
{
    public ILocator Entrance => RoleFrom(AriaRole.Button, Words.Verification.Title);

    public Task OpenAsync() => Entrance.ClickAsync();

    /// <summary>The badge says so many.</summary>
    public Task IsMarkedAsync(int count) => Assertions.Expect(Entrance).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex(
        System.Text.RegularExpressions.Regex.Escape(Words.Verification.Unseen(count))));

    /// <summary>What there is from somebody, of a kind.</summary>
    public ILocator Card(NoticeKind kind, Person from) => Role(AriaRole.List, Words.Verification.Title).GetByRole(AriaRole.Listitem)
        .Filter(new LocatorFilterOptions { HasText = from.Jid })
        .Filter(new LocatorFilterOptions { HasText = Words.Verification.Text(kind) });

    /// <summary>There is one such notice, and one only.</summary>
    public async Task SaysAsync(NoticeKind kind, Person from, string? note = null)
    {
        await OpenAsync();
        await Assertions.Expect(Card(kind, from)).ToHaveCountAsync(1);
        if (note is not null)
        {
            await SeesAsync(Card(kind, from).GetByText(note, new LocatorGetByTextOptions { Exact = true }));
        }
    }

    public Task HasNothingAsync(NoticeKind kind, Person from) => SeesNoAsync(Card(kind, from));

    public Task AgreeAsync(Person whom) => AnswerAsync(whom, Words.Verification.Agree);

    public Task RefuseAsync(Person whom) => AnswerAsync(whom, Words.Verification.Refuse);

    /// <summary>Takes a notice away; when it returns, the account knows, and so will every other device.</summary>
    public async Task DismissAsync(NoticeKind kind, Person from)
    {
        await OpenAsync();
        await Button(Words.Verification.Dismiss, Card(kind, from)).ClickAsync();
        await SeesNoAsync(Card(kind, from));
        await Person.Venue.KeepsAsync(Person, "dismissed=");
    }

    private async Task AnswerAsync(Person whom, string answer)
    {
        await OpenAsync();
        var card = Card(NoticeKind.Request, whom);
        await Button(answer, card).ClickAsync();
        await SeesNoAsync(card);
    }
}
