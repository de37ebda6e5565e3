using System.Globalization;

namespace MyChat.EndToEnd;

/// <summary>How thorough this run is, and what it says about itself.</summary>
internal static class TestRun
{
    /// <summary>Whether everything is to be tested, however long it takes.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("MYCHAT_TEST_ALL") == "1";

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
