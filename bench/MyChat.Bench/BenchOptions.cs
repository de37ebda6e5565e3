using System.Globalization;

namespace MyChat.Bench;

/// <summary>What a run is to do; see <see cref="BenchCommand"/> for the meaning.</summary>
internal sealed class BenchOptions
{
    private static readonly string[] Names =
    [
        "domain", "host", "port", "user-prefix", "password", "register", "trust", "pid", "sessions", "seconds", "pairs", "outstanding",
    ];

    private readonly Dictionary<string, string> _values;

    private BenchOptions(string scenario, Dictionary<string, string> values) => (Scenario, _values) = (scenario, values);

    public string Scenario { get; }
    public string Domain => Text("domain", "localhost");
    public string Host => Text("host", "127.0.0.1");
    public int Port => Number("port", 5222);
    public string UserPrefix => Text("user-prefix", "bench");
    public string Password => Text("password", "bench's secret");
    public bool Register => Text("register", "false") == "true";
    public bool TrustsAny => Text("trust", "authorities") == "any";
    public int? Pid => _values.ContainsKey("pid") ? Number("pid", 0) : null;
    public int Sessions => Number("sessions", 2000);
    public int Pairs => Number("pairs", 100);
    public int Outstanding => Number("outstanding", 1);
    public TimeSpan Time => TimeSpan.FromSeconds(Number("seconds", Scenario == "idle" ? 10 : 60));

    /// <exception cref="FormatException">A scenario, an option or a number that there is not; the message says which.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments[0] is not ("idle" or "chat"))
        {
            throw new FormatException("The first argument names the scenario.");
        }
        var values = new Dictionary<string, string>();
        for (var i = 1; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var left, var right]
                ? (left, right)
                : (arguments[i], arguments.ElementAtOrDefault(++i));
            if (!name.StartsWith("--", StringComparison.Ordinal) || !Names.Contains(name[2..]) || value is null)
            {
                throw new FormatException($"'{name}' is no option, or has no value.");
            }
            values[name[2..]] = value;
        }
        var options = new BenchOptions(arguments[0], values);
        foreach (var name in (string[])["port", "pid", "sessions", "seconds", "pairs", "outstanding"])
        {
            options.Number(name, 1);
        }
        return options;
    }

    private string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    private int Number(string name, int otherwise) =>
        !_values.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new FormatException($"--{name} is a number from 1 on, not '{text}'.");
}
