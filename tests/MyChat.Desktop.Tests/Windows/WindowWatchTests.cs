using Microsoft.Extensions.Time.Testing;
using MyChat.Desktop.Windows;

namespace MyChat.Desktop.Tests.Windows;

public sealed class WindowWatchTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WindowWatch _watch;
    private int _closed;
    private int _failed;

    public WindowWatchTests()
    {
        _watch = new WindowWatch(_time);
        _watch.Closed += () => _closed++;
        _watch.Failed += () => _failed++;
    }

    [Fact]
    public void A_dropped_socket_that_comes_back_closes_nothing()
    {
        Open();
        _watch.OnPageDown("a");
        _time.Advance(WindowWatch.MissingPatience - TimeSpan.FromMilliseconds(1));
        _watch.OnPageUp("a");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((0, WindowState.Open), (_closed, _watch.State));
    }

    [Fact]
    public void No_page_for_ten_seconds_is_a_closed_window()
    {
        Open();
        _watch.OnPageDown("a");
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((1, WindowState.None), (_closed, _watch.State));
    }

    [Fact]
    public void One_page_of_two_is_enough()
    {
        Open();
        _watch.OnPageUp("b");
        _watch.OnPageDown("a");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _closed);

        _watch.OnPageDown("b");
        _watch.OnPageDown("b");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _closed);
    }

    [Fact]
    public void A_browser_that_ended_closes_the_window_at_once_whichever_is_heard_of_first()
    {
        var launch = Open();
        _watch.OnPageDown("a");
        _watch.OnBrowserEnded(launch, 0);
        Assert.Equal(1, _closed);

        launch = Open();
        _watch.OnBrowserEnded(launch, 137);
        Assert.Equal(1, _closed);
        _watch.OnPageDown("a");
        Assert.Equal((2, 0), (_closed, _failed));
    }

    [Fact]
    public void A_browser_that_only_handed_the_page_to_another_is_not_the_window()
    {
        var launch = _watch.OnLaunch(isOurs: true);
        _watch.OnBrowserEnded(launch, 0);
        _watch.OnPageUp("a");
        _time.Advance(TimeSpan.FromHours(1));
        _watch.OnPageDown("a");
        Assert.Equal((0, WindowState.Missing), (_closed, _watch.State));

        _time.Advance(WindowWatch.MissingPatience);
        Assert.Equal(1, _closed);
    }

    [Fact]
    public void A_browser_that_ends_badly_before_it_showed_anything_has_failed()
    {
        _watch.OnBrowserEnded(_watch.OnLaunch(isOurs: true), 1);
        Assert.Equal((0, 1, WindowState.None), (_closed, _failed, _watch.State));
        // The next one works; the end of the first is of no interest any more.
        var first = _watch.OnLaunch(isOurs: true);
        Open();
        _watch.OnBrowserEnded(first, 1);
        Assert.Equal((0, 1, WindowState.Open), (_closed, _failed, _watch.State));
    }

    [Fact]
    public void A_tab_that_never_comes_is_given_up_but_a_browser_that_still_runs_is_not()
    {
        _watch.OnLaunch(isOurs: false);
        _time.Advance(WindowWatch.OpeningPatience);
        Assert.Equal(1, _closed);

        _watch.OnLaunch(isOurs: true);
        _time.Advance(WindowWatch.OpeningPatience * 10);
        Assert.Equal((1, WindowState.Opening), (_closed, _watch.State));
    }

    [Fact]
    public void A_second_window_of_the_same_browser_keeps_the_watch_on_its_process()
    {
        var launch = Open();
        Assert.Equal(launch, _watch.OnLaunch(isOurs: true, isSame: true));
        _watch.OnPageUp("b");
        _watch.OnPageDown("a");
        _watch.OnPageDown("b");
        _watch.OnBrowserEnded(launch, 0);

        Assert.Equal(1, _closed);
    }

    public void Dispose() => _watch.Dispose();

    private int Open()
    {
        var launch = _watch.OnLaunch(isOurs: true);
        _watch.OnPageUp("a");
        return launch;
    }
}
