using MyChat.Client.History;

namespace MyChat.Client.Tests.History;

public sealed class GapTests
{
    private static readonly Gap[] Two = [new(10, 20), new(30, 40)];

    [Fact]
    public void What_is_covered_is_no_gap_any_more()
    {
        Assert.Equal([new(10, 12), new(18, 20), new(30, 40)], Two.Without(12, 18));
        Assert.Equal([new(30, 40)], Two.Without(10, 20));
        Assert.Equal([new(10, 15), new(35, 40)], Two.Without(15, 35));
        Assert.Empty(Two.Without(long.MinValue, long.MaxValue));
    }

    [Fact]
    public void An_end_that_only_touches_covers_nothing()
    {
        Assert.Equal(Two, Two.Without(20, 30));
        Assert.Equal(Two, Two.Without(15, 12));
        // Two neighbours by number may have something between them all the same.
        Assert.Equal([new(1, 2)], new Gap[] { new(1, 2) }.Without(2, 5));
    }

    [Fact]
    public void Gaps_that_overlap_become_one()
    {
        Assert.Equal([new(10, 20), new(22, 25), new(30, 40)], Two.With(new(22, 25)));
        Assert.Equal([new(10, 40)], Two.With(new(15, 35)));
        Assert.Equal([new(10, 20), new(30, long.MaxValue)], Two.With(new(35, long.MaxValue)));
    }

    [Fact]
    public void A_gap_is_found_below_a_place()
    {
        Assert.Equal(new(10, 20), Two.Below(20));
        Assert.Equal(new(10, 20), Two.Below(15));
        Assert.Null(Two.Below(25));
        Assert.Equal(new(10, 20), Two.HighestBelow(30));
        Assert.Equal(new(30, 40), Two.HighestBelow(long.MaxValue));
        Assert.Null(Two.HighestBelow(10));
    }
}
