using Microsoft.Extensions.Time.Testing;
using MyChat.Storage.Search;

namespace MyChat.Storage.Tests.Search;

public sealed class IndexPaceTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider time = new();
    private TimeSpan used;

    [Fact]
    public void A_server_that_nobody_uses_gives_half_a_processor()
    {
        var pace = Pace(processors: 2);
        Assert.Equal(Step, Run(pace, others: 0));
    }

    [Fact]
    public void Messages_that_leave_nothing_of_the_processors_leave_a_sixteenth_of_one()
    {
        var pace = Pace(processors: 2);
        Assert.Equal(Step * 15, Run(pace, others: 2));
    }

    [Theory]
    [InlineData(1, 0.5, 3)] // half of the half that is left
    [InlineData(2, 1.5, 3)]
    [InlineData(8, 6, 1)] // two are left: it needs one half
    public void Of_what_messages_leave_it_takes_half(int processors, double others, double rests)
    {
        var pace = Pace(processors);
        Assert.Equal(Step * rests, Run(pace, others));
    }

    [Fact]
    public void It_follows_the_load()
    {
        var pace = Pace(processors: 1);
        Assert.Equal(Step * 15, Run(pace, others: 1));
        Assert.Equal(Step, Run(pace, others: 0));
        Assert.Equal(Step * 15, Run(pace, others: 1));
    }

    [Fact]
    public async Task It_works_for_a_millisecond_at_a_stretch()
    {
        var pace = Pace(processors: 2);
        pace.Begin();
        time.Advance(TimeSpan.FromMilliseconds(0.6));
        Assert.True(pace.BreatheAsync(TestDatabase.Token).AsTask().IsCompletedSuccessfully);
        time.Advance(TimeSpan.FromMilliseconds(0.6));
        var rest = pace.BreatheAsync(TestDatabase.Token).AsTask();
        Assert.False(rest.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(2));
        await rest;
        Assert.True(pace.BreatheAsync(TestDatabase.Token).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void Who_waits_gets_half_a_processor_of_the_busiest_server()
    {
        var pace = Pace(processors: 1);
        Assert.Equal(Step * 15, Run(pace, others: 1));
        pace.IsUrgent = true;
        Assert.Equal(Step, Run(pace, others: 1));
    }

    private IndexPace Pace(int processors) => new(time, processors, () => used);

    /// <summary>Works and rests for ten steps while others use so many processors; how long it rests in the end.</summary>
    private TimeSpan Run(IndexPace pace, double others)
    {
        var rest = TimeSpan.Zero;
        for (var i = 0; i < 10; i++)
        {
            time.Advance(Step);
            used += Step + (Step * others);
            rest = pace.RestAfter(Step);
            time.Advance(rest);
            used += rest * others;
        }
        return rest;
    }
}
