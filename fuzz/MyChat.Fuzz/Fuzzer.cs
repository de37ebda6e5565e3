using System.Diagnostics;

namespace MyChat.Fuzz;

internal delegate void FuzzRun(ReadOnlySpan<byte> input);

internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, FuzzRun Run);

/// <summary>Feeds a target its seeds and mutations of them until the time is over or it throws.</summary>
internal static class Fuzzer
{
    private const int MaxCorpus = 2048;

    /// <summary>Whether the target held; if not, the input is saved and named.</summary>
    public static bool Run(FuzzTarget target, int seed, TimeSpan time)
    {
        var random = new Random(seed);
        var corpus = new List<byte[]>(target.Seeds);
        var mutator = new Mutator(random, corpus);
        var clock = Stopwatch.StartNew();
        long runs = 0;
        byte[] input = [];
        try
        {
            foreach (var given in target.Seeds)
            {
                input = given;
                target.Run(input);
            }

            while (clock.Elapsed < time)
            {
                input = mutator.Next();
                target.Run(input);
                // There is no coverage to steer by: some mutants become parents, so that changes add up over generations.
                if (++runs % 64 == 0)
                {
                    Keep(corpus, target.Seeds.Count, input, random);
                }
            }
        }
        catch (Exception violation)
        {
            var file = Path.Combine(Directory.GetCurrentDirectory(), $"fuzz-{target.Name}-{seed}.bin");
            File.WriteAllBytes(file, input);
            Console.WriteLine($"{target.Name}: FAILED after {runs} runs: {violation}\n{target.Name}: the input is in {file}");
            return false;
        }

        Console.WriteLine($"{target.Name}: held for {runs} runs");
        return true;
    }

    private static void Keep(List<byte[]> corpus, int seeds, byte[] input, Random random)
    {
        if (corpus.Count < MaxCorpus)
        {
            corpus.Add(input);
        }
        else
        {
            corpus[random.Next(seeds, corpus.Count)] = input; // the seeds stay
        }
    }
}
