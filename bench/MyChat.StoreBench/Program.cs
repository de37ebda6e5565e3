using MyChat.StoreBench;

const string usage =
    """
    mychat-store-bench <measurement> [sqlite|mysql|postgres …]

    Measures the storage alone, without streams or sockets, on databases of its own that sync every commit; all three when none is named.

    measurements
      commit    messages of 300 bytes into the logs of both sides, 1, 16 and 128 under way: processor time of a message and of the database,
                and how long a commit takes
    """;

if (args is not ["commit", .. var providers] || providers.Except(BenchDatabase.Providers).Any())
{
    await Console.Error.WriteLineAsync(usage);
    return 2;
}
foreach (var provider in providers is [] ? BenchDatabase.Providers : providers)
{
    await using var database = await BenchDatabase.StartAsync(provider);
    Console.WriteLine($"{provider}: {database.Database.Description}");
    foreach (var outstanding in (int[])[1, 16, 128])
    {
        Console.WriteLine(await CommitMeasurement.RunAsync(database, outstanding, TimeSpan.FromSeconds(10)));
    }
}
return 0;
