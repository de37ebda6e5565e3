using Microsoft.Extensions.Time.Testing;
using MyChat.Desktop.Loopback;

namespace MyChat.Desktop.Tests.Loopback;

public sealed class TicketsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_ticket_for_a_browser_that_is_started_lasts_two_minutes_and_works_once()
    {
        var tickets = new Tickets(_time);
        var (used, late) = (tickets.Issue(), tickets.Issue());

        Assert.True(tickets.Knows(tickets.Exchange(used)!)); // null fails too
        Assert.Null(tickets.Exchange(used));
        _time.Advance(TimeSpan.FromSeconds(121));
        Assert.Null(tickets.Exchange(late));
    }

    [Fact]
    public void The_ticket_of_the_address_file_waits_until_it_is_used()
    {
        var tickets = new Tickets(_time);
        var ticket = tickets.Issue(lasting: true);
        _time.Advance(TimeSpan.FromDays(100));

        Assert.NotNull(tickets.Exchange(ticket));
        Assert.Null(tickets.Exchange(ticket));
    }

    [Fact]
    public void A_cookie_is_no_ticket_and_a_ticket_no_cookie()
    {
        var tickets = new Tickets(_time);
        var ticket = tickets.Issue();

        Assert.False(tickets.Knows(ticket));
        var cookie = tickets.Exchange(ticket)!; // asserted by the next line
        Assert.True(tickets.Knows(cookie));
        Assert.Null(tickets.Exchange(cookie));
    }

    [Fact]
    public async Task Of_many_who_bring_the_same_ticket_at_once_one_gets_in()
    {
        var tickets = new Tickets(_time);
        var ticket = tickets.Issue();

        var cookies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => tickets.Exchange(ticket))));

        Assert.Single(cookies, cookie => cookie is not null);
    }
}
