using System.Diagnostics;
using System.Globalization;
using MyChat.Fuzz;

// dotnet run --project fuzz/MyChat.Fuzz -c Release -- [--seconds N] [--seed N] [--target NAME] [--input FILE]
FuzzTarget[] targets =
[
    new(FramingTarget.Name, [.. FramingTarget.Seeds], FramingTarget.Run),
    new(JidTarget.Name, [.. JidTarget.Seeds], JidTarget.Run),
    new(SaslTarget.Name, [.. SaslTarget.Seeds], SaslTarget.Run),
];

string? Option(string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();
int Number(string name, int standard) => Option(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;

var only = Option("--target");
var seed = Number("--seed", Environment.ProcessId ^ (int)Stopwatch.GetTimestamp());
var seconds = Number("--seconds", 60);
var chosen = targets.Where(target => only is null || target.Name == only).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"No target {only}; there are {string.Join(", ", targets.Select(target => target.Name))}");
    return 2;
}

if (Option("--input") is { } file)
{
    chosen.ForEach(target => target.Run(File.ReadAllBytes(file)));
    return 0;
}

Console.WriteLine($"seed {seed}, {seconds} s for each target");
var held = await Task.WhenAll(chosen.Select(target => Task.Run(() => Fuzzer.Run(target, seed, TimeSpan.FromSeconds(seconds)))));
var failed = held.Count(isSound => !isSound);

Console.WriteLine($"fuzz: {chosen.Count - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
