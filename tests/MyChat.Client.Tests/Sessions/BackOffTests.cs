using CsCheck;
using MyChat.Client.Sessions;

namespace MyChat.Client.Tests.Sessions;

public sealed class BackOffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(7, 60)]
    [InlineData(int.MaxValue, 60)]
    public void The_longest_wait_doubles_up_to_a_bound(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), BackOff.Wait(failures, First, Longest, 1));

    [Fact]
    public void A_wait_is_a_random_part_of_it() =>
        Gen.Select(Gen.Int[1, 100], Gen.Double[0, 1]).Sample((failures, random) =>
        {
            var wait = BackOff.Wait(failures, First, Longest, random);
            Assert.InRange(wait, TimeSpan.Zero, BackOff.Wait(failures, First, Longest, 1));
            Assert.InRange((BackOff.Wait(failures, First, Longest, 1) * random - wait).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        });
}
