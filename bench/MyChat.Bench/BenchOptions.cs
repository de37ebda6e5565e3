using System.Globalization;
using MyChat.Bench.Scenarios;
using MyChat.Client.Connections;

namespace MyChat.Bench;

/// <summary>How the bytes travel.</summary>
internal sealed record TransportKind(string Name, TlsMode Tls, bool IsFramed, int Port)
{
    public static IReadOnlyList<TransportKind> All { get; } =
    [
        new("plaintext", TlsMode.None, false, 5222), new("starttls", TlsMode.StartTls, false, 5222), new("tls", TlsMode.Direct, false, 5223),
        new("websocket", TlsMode.None, true, 5280), new("wss", TlsMode.Direct, true, 5443),
    ];
}

/// <summary>What a run is to do; see <see cref="Usage"/> for the meaning.</summary>
internal sealed class BenchOptions
{
    public const string DefaultDomain = "localhost";
    public const string DefaultHost = "127.0.0.1";
    public const string DefaultPath = "/xmpp-websocket";
    public const int DefaultPatience = 15;

    private static readonly string[] Texts =
        ["domain", "host", "user-prefix", "password", "path", "json", "html"];

    private static readonly string[] Numbers = ["port", "pid", "database-pid", "concurrency", "patience"];

    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["register"] = ["true", "false"],
        ["sm"] = ["true", "false"],
        ["tls-resume"] = ["true", "false"],
        ["trust"] = ["authorities", "any"],
        ["transport"] = [.. TransportKind.All.Select(kind => kind.Name)],
    };

    private readonly Dictionary<string, string> _values;

    private BenchOptions(Scenario scenario, Dictionary<string, string> values) => (Scenario, _values) = (scenario, values);

    public Scenario Scenario { get; }
    public string Domain => Text("domain", DefaultDomain);
    public string Host => Text("host", DefaultHost);
    public int Port => Number("port", Transport.Port);
    public string Path => Text("path", DefaultPath);
    public TransportKind Transport => TransportKind.All.First(kind => kind.Name == Text("transport", "starttls"));
    public string UserPrefix => Text("user-prefix", "bench");
    public string Password => Text("password", "bench's secret");
    public bool Register => Text("register", "false") == "true";
    public bool TrustsAny => Text("trust", "authorities") == "any";
    public bool ResumesTls => Text("tls-resume", "false") == "true";
    public int Concurrency => Number("concurrency", Scenario.Concurrency);
    public int? Pid => _values.ContainsKey("pid") ? Number("pid", 0) : null;
    public int? DatabasePid => _values.ContainsKey("database-pid") ? Number("database-pid", 0) : null;
    public TimeSpan Patience => TimeSpan.FromSeconds(Number("patience", DefaultPatience));
    public string? JsonFile => _values.GetValueOrDefault("json");
    public string? HtmlFile => _values.GetValueOrDefault("html");
    public TimeSpan Time => TimeSpan.FromSeconds(this["seconds"]);
    public TimeSpan WarmUp => TimeSpan.FromSeconds(this["warm-up"]);

    /// <summary>A number that the scenario knows.</summary>
    public int this[string name] => Number(name, Scenario.Numbers[name]);

    /// <summary>Whether there is to be stream management.</summary>
    public bool Manages(bool otherwise) => Text("sm", otherwise ? "true" : "false") == "true";

    /// <exception cref="FormatException">A scenario, an option or a value that there is not; the message says which.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || Scenario.All.FirstOrDefault(scenario => scenario.Name == arguments[0]) is not { } scenario)
        {
            throw new FormatException(
                $"The first argument names the scenario: {string.Join(", ", Scenario.All.Select(known => known.Name))}.");
        }
        var values = new Dictionary<string, string>();
        for (var i = 1; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var left, var right]
                ? (left, right)
                : (arguments[i], arguments.ElementAtOrDefault(++i));
            if (!name.StartsWith("--", StringComparison.Ordinal) || !IsKnown(scenario, name[2..]))
            {
                throw new FormatException($"'{name}' is no option of {scenario.Name}.");
            }
            Check(scenario, name[2..], value ?? throw new FormatException($"{name} needs a value."));
            values[name[2..]] = value;
        }
        return new BenchOptions(scenario, values);
    }

    private static bool IsKnown(Scenario scenario, string name) =>
        Texts.Contains(name) || Numbers.Contains(name) || (Choices.ContainsKey(name) && (name != "tls-resume" || scenario.Name == "login"))
        || scenario.Numbers.ContainsKey(name);

    private static void Check(Scenario scenario, string name, string value)
    {
        if (Choices.TryGetValue(name, out var choices) && !choices.Contains(value))
        {
            throw new FormatException($"--{name} is one of {string.Join(", ", choices)}, not '{value}'.");
        }
        var least = name is "warm-up" or "bytes" ? 0 : 1;
        if ((Numbers.Contains(name) || scenario.Numbers.ContainsKey(name))
            && (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least))
        {
            throw new FormatException($"--{name} is a number from {least} on, not '{value}'.");
        }
    }

    private string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    private int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
