using CsCheck;
using MyChat.Server.Streams;

namespace MyChat.Server.Tests.Streams;

public sealed class HandledWindowTests
{
    [Fact]
    public void Only_what_is_finished_without_a_gap_is_handled() =>
        Gen.Int[1, 200].SelectMany(count => Gen.Shuffle(Enumerable.Range(1, count).ToArray())).Sample(order =>
        {
            var window = new HandledWindow();
            foreach (var _ in order)
            {
                window.Begin();
            }
            var finished = new HashSet<uint>();
            foreach (var number in order)
            {
                window.Finish((uint)number);
                finished.Add((uint)number);
                var expected = 0u;
                while (finished.Contains(expected + 1))
                {
                    expected++;
                }
                if (window.Handled != expected)
                {
                    return false;
                }
            }
            return window.WhenAllHandled().IsCompleted;
        });

    [Fact]
    public void Finishing_a_stanza_twice_finishes_no_later_one()
    {
        var window = new HandledWindow();
        for (var i = 0; i < 16; i++)
        {
            window.Finish(window.Begin());
        }
        var next = window.Begin(); // takes the place of the first
        Assert.False(window.Finish(1));
        Assert.Equal(16u, window.Handled);
        Assert.True(window.Finish(next));
        Assert.Equal(17u, window.Handled);
    }
}
