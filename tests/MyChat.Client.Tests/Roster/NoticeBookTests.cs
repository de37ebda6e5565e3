using System.Collections.Immutable;
using CsCheck;
using MyChat.Client.Roster;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Tests.Roster;

public sealed class NoticeBookTests
{
    private static readonly BareJid Account = BareJid.Parse("romeo@verona.lit");
    private static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");
    private static readonly BareJid[] People = [Juliet, BareJid.Parse("tybalt@mantua.lit"), BareJid.Parse("mantua.lit")];
    private static readonly DateTimeOffset Noon = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<LinkMark?> Links = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 5], Gen.Bool, Gen.Bool).Select(
        (number, state, kind, at, seen, dismissed) => number == 0 ? null : new LinkMark(
            number, (LinkState)state, kind == 0 ? null : (NoticeKind)kind, kind == 0 ? default : Noon.AddSeconds(at))
        {
            IsSeen = kind != 0 && seen,
            IsDismissed = kind != 0 && dismissed,
        });

    private static readonly Gen<RequestMark?> Requests = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 5], Gen.String.AlphaNumeric, Gen.Bool).Select(
        (number, state, at, note, seen) => number == 0 ? null : (RequestState)state == RequestState.Closed
            ? new RequestMark(number, RequestState.Closed, default, null) { IsSeen = true }
            : new RequestMark(number, (RequestState)state, Noon.AddSeconds(at), note.Length == 0 ? null : note) { IsSeen = seen });

    private static readonly Gen<NoticeBook> Books = Gen.Select(Links, Requests).Array[3].Select(marks => new NoticeBook(
        People.Zip(marks, (jid, mark) => KeyValuePair.Create(jid, new NoticeMarks(mark.Item1, mark.Item2)))
            .Where(mark => mark.Value != NoticeMarks.None).ToImmutableDictionary()));

    [Fact]
    public void Books_merge_in_any_order_and_any_number_of_times() => Gen.Select(Books, Books, Books).Sample((one, two, three) =>
    {
        Assert.Equal(Text(one.Merge(two)), Text(two.Merge(one)));
        Assert.Equal(Text(one.Merge(two).Merge(three)), Text(one.Merge(two.Merge(three))));
        Assert.Equal(Text(one), Text(one.Merge(one)));
    });

    [Fact]
    public void A_book_that_was_written_is_read_as_it_was() => Books.Sample(book =>
    {
        var read = NoticeDocument.Read(MyChat.Xmpp.Xml.Element.Parse(Text(book), defaultNs: ""), Account);
        Assert.Equal(book.Marks.OrderBy(mark => mark.Key.ToString()), read.Marks.OrderBy(mark => mark.Key.ToString()));
    });

    [Fact]
    public void Five_thousand_friends_fit_into_a_stanza()
    {
        var roster = Roster([.. Enumerable.Range(0, 5000).Select(i => (BareJid.Parse($"somebody.{i}@verona.lit"), SubscriptionState.Both))]);
        Assert.InRange(Text(NoticeBook.Empty.Observe(roster, Noon)).Length, 5000, 120_000);
    }

    [Fact]
    public void What_cannot_be_read_is_passed_over()
    {
        var document = MyChat.Xmpp.Xml.Element.Parse(
            "<notices xmlns='urn:mychat:notices:0'><quiet state='friend'>1:juliet x: :y 0:z -1:w 7:@ 99999999999:v</quiet><quiet state='9'>1:a</quiet>"
            + "<link jid='tybalt@mantua.lit' number='2' state='none' kind='deleted' at='soon'/><request/><other jid='a@b' number='1' at='2026-02-01T12:00:00Z'/></notices>");
        Assert.Equal([Juliet], NoticeDocument.Read(document, Account).Marks.Keys);
    }

    [Theory]
    [InlineData(SubscriptionState.PendingOut, SubscriptionState.Both, NoticeKind.Agreed)]
    [InlineData(SubscriptionState.PendingOut, SubscriptionState.To, NoticeKind.Agreed)]
    [InlineData(SubscriptionState.PendingOut, SubscriptionState.None, NoticeKind.Refused)]
    [InlineData(SubscriptionState.Both, SubscriptionState.None, NoticeKind.Deleted)]
    [InlineData(SubscriptionState.Both, SubscriptionState.To, null)]
    [InlineData(SubscriptionState.None, SubscriptionState.Both, null)]
    // The user agreed, and only asks back.
    [InlineData(SubscriptionState.PendingOut | SubscriptionState.From, SubscriptionState.Both, null)]
    public void What_changed_between_two_looks_is_told(SubscriptionState before, SubscriptionState after, NoticeKind? kind)
    {
        var book = NoticeBook.Empty.Observe(Roster((Juliet, before)), Noon).Observe(Roster((Juliet, after)), Noon);
        Assert.Equal(kind, book[Juliet].Link?.Kind);
    }

    [Fact]
    public void A_friendship_that_goes_by_halves_is_told_when_nothing_is_left()
    {
        var book = NoticeBook.Empty.Observe(Roster((Juliet, SubscriptionState.Both)), Noon).Observe(Roster((Juliet, SubscriptionState.To)), Noon);
        Assert.Null(book[Juliet].Link?.Kind);
        book = book.Observe(Roster((Juliet, SubscriptionState.None)), Noon);
        Assert.Equal(NoticeKind.Deleted, book[Juliet].Link?.Kind);
    }

    [Fact]
    public void Whom_the_user_removed_is_not_told_and_takes_older_notices_along()
    {
        var book = NoticeBook.Empty.Observe(Roster((Juliet, SubscriptionState.PendingOut)), Noon).Observe(Roster((Juliet, SubscriptionState.Both)), Noon);
        Assert.Equal(NoticeKind.Agreed, book[Juliet].Link?.Kind);
        Assert.Null(book.Observe(Roster(), Noon)[Juliet].Link?.Kind);
    }

    /// <summary>What a device or the world does next; each sync is three steps that others may come between.</summary>
    private enum Step { First, Second, Ask, Agree, Refuse, DeletedByThem, Removed, DismissOnFirst, DismissOnSecond }

    [Fact]
    public void Two_devices_never_double_a_notice_whatever_comes_between_their_steps() =>
        Gen.Enum<Step>().Array[0, 60].Sample(steps =>
        {
            var world = new TwoDevices();
            foreach (var step in steps)
            {
                world.Do(step);
            }
            world.Settle();
            Assert.Equal(world.First.Shown, world.Second.Shown);
            Assert.Equal(Text(world.First.Book), Text(world.Second.Book));
            Assert.True(world.First.Shown is null || !world.Dismissed.Contains(world.First.Shown), $"{world.First.Shown} came back");
            Assert.True(world.Told.Count <= world.Events, $"{world.Events} things happened, {string.Join(", ", world.Told)} were told");
        }, iter: 20_000);

    private sealed class DeviceModel(TwoDevices world)
    {
        private int _step;
        private NoticeBook? _read;
        private RosterState? _roster;

        public NoticeBook Book { get; private set; } = NoticeBook.Empty;

        public string? Shown => Book[Juliet].Link is { Kind: { } kind, IsDismissed: false } link ? $"{kind}-{link.Number}" : null;

        public bool IsIdle => _step == 0;

        public void Step()
        {
            switch (_step)
            {
                case 0:
                    _read = world.Kept;
                    break;
                case 1:
                    _roster = world.Roster;
                    break;
                default:
                    Exchange();
                    break;
            }
            _step = (_step + 1) % 3;
        }

        // A device that finds another's writing in the place of what it read looks again before anybody else does.
        private void Exchange()
        {
            var expected = _read!;
            while (true)
            {
                var book = Book.Merge(_read!).Observe(_roster!, Noon);
                var before = world.Kept;
                world.Kept = Text(book) == Text(expected) ? world.Kept : book;
                if (Text(before) == Text(expected))
                {
                    Book = Book.Merge(book);
                    world.Tell(Shown);
                    return;
                }
                (_read, expected, _roster) = (before, world.Kept, world.Roster);
            }
        }

        public void Dismiss()
        {
            if (Shown is { } id)
            {
                world.Dismissed.Add(id);
                Book = Book.Dismiss(Juliet, request: false);
            }
        }
    }

    private sealed class TwoDevices
    {
        private SubscriptionState? _state;

        public TwoDevices() => (First, Second) = (new DeviceModel(this), new DeviceModel(this));

        public DeviceModel First { get; }
        public DeviceModel Second { get; }
        public NoticeBook Kept { get; set; } = NoticeBook.Empty;
        public RosterState Roster => _state is { } state ? NoticeBookTests.Roster((Juliet, state)) : NoticeBookTests.Roster();
        public HashSet<string> Told { get; } = [];
        public HashSet<string> Dismissed { get; } = [];
        public int Events { get; private set; }

        public void Tell(string? shown) => _ = shown is not null && Told.Add(shown);

        public void Do(Step step)
        {
            switch (step)
            {
                case Step.First:
                    First.Step();
                    break;
                case Step.Second:
                    Second.Step();
                    break;
                case Step.DismissOnFirst:
                    First.Dismiss();
                    break;
                case Step.DismissOnSecond:
                    Second.Dismiss();
                    break;
                case Step.Ask when _state is null or SubscriptionState.None:
                    _state = SubscriptionState.PendingOut;
                    break;
                case Step.Agree when _state == SubscriptionState.PendingOut:
                    (_state, Events) = (SubscriptionState.Both, Events + 1);
                    break;
                case Step.Refuse when _state == SubscriptionState.PendingOut:
                    (_state, Events) = (SubscriptionState.None, Events + 1);
                    break;
                case Step.DeletedByThem when _state == SubscriptionState.Both:
                    (_state, Events) = (SubscriptionState.None, Events + 1);
                    break;
                case Step.Removed:
                    _state = null;
                    break;
                default:
                    break;
            }
        }

        public void Settle()
        {
            foreach (var device in new[] { First, Second, First, Second, First })
            {
                do
                {
                    device.Step();
                }
                while (!device.IsIdle);
            }
        }
    }

    private static string Text(NoticeBook book) => NoticeDocument.Write(book, Account).ToString();

    private static RosterState Roster(params (BareJid Jid, SubscriptionState State)[] items) =>
        new(null, items.ToImmutableDictionary(item => item.Jid, item => new RosterItem(item.Jid) { State = item.State }));
}
