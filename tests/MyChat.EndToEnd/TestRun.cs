using System.Globalization;

namespace MyChat.EndToEnd;

/// <summary>How thorough this run is, and what it says about itself.</summary>
internal static class TestRun
{
    /// <summary>Whether everything is to be tested, however long it takes.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("MYCHAT_TEST_ALL") == "1";

    /// <summary>
    /// How often each database's test kills the server. MYCHAT_TEST_KILLS says so for a run by hand: with 167 the three kill it 501 times in all,
    /// in about fifteen minutes.
    /// </summary>
    /// <param name="full">So often when everything is tested; the three together must come to 50.</param>
    /// <param name="quick">So often else.</param>
    public static int Kills(int full, int quick)
    {
        var given = Environment.GetEnvironmentVariable("MYCHAT_TEST_KILLS");
        return !string.IsNullOrEmpty(given) ? int.Parse(given, CultureInfo.InvariantCulture) : IsFull ? full : quick;
    }

    /// <summary>Where a test takes its chances from; printed, and given by MYCHAT_TEST_SEED it comes again.</summary>
    public static int Seed()
    {
        var given = Environment.GetEnvironmentVariable("MYCHAT_TEST_SEED");
        var seed = string.IsNullOrEmpty(given) ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        Say($"seed {seed}");
        return seed;
    }

    /// <summary>Writes a line into the test's output.</summary>
    public static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
