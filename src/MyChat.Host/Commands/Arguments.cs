using MyChat.Host.Configuration;

namespace MyChat.Host.Commands;

/// <summary>A command line taken apart: the words, the switches, and the configuration.</summary>
internal sealed class Arguments
{
    private static readonly string[] Switches =
        ["--help", "--version", "--password-stdin", "--yes", "--json", "--quiet", "--replace", "--repair", "--all", "--dry-run"];

    /// <summary>Options of single commands that have a value; all others with a value are configuration keys.</summary>
    private static readonly string[] Valued = ["--to", "--to-connection-string", "--to-directory", "--days", "--messages", "--user"];

    public List<string> Words { get; } = [];
    public HashSet<string> Given { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);
    public List<Setting> Settings { get; } = [];

    /// <exception cref="Failure">An option is unknown, or lacks its value.</exception>
    public static Arguments Parse(IReadOnlyList<string> args, string currentDirectory)
    {
        var parsed = new Arguments();
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            if (arg is "-h" or "-?" || Switches.Contains(arg))
            {
                parsed.Given.Add(arg is "-h" or "-?" ? "--help" : arg);
            }
            else if (arg.StartsWith("--", StringComparison.Ordinal) && arg.Length > 2)
            {
                var (key, value) = Split(arg);
                var isValued = Valued.Contains("--" + key);
                if (!isValued)
                {
                    CheckName(key, args);
                }

                value ??= ++i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal)
                    ? args[i] : throw Failure.Configuration($"--{Failure.Printable(key)} (command line): expected a value, as in --{Failure.Printable(key)}=value");
                if (isValued)
                {
                    parsed.Values["--" + key] = value;
                    continue;
                }

                // The last wins, so that a script's options can be followed by one's own.
                parsed.Settings.RemoveAll(earlier => earlier.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
                parsed.Settings.Add(new Setting(key, value, "command line", currentDirectory));
            }
            else if (arg.StartsWith('-'))
            {
                throw Failure.Configuration($"{Failure.Printable(arg)} (command line) is not a known option; mychat help lists them");
            }
            else
            {
                parsed.Words.Add(arg);
            }
        }

        return parsed;
    }

    private static (string Key, string? Value) Split(string arg)
    {
        var equals = arg.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (arg[2..], null) : (arg[2..equals], arg[(equals + 1)..]);
    }

    /// <summary>An unknown option is reported as such, rather than by the value that it may or may not have.</summary>
    private static void CheckName(string key, IReadOnlyList<string> args)
    {
        if (ConfigurationKeys.Find(key) is not null)
        {
            return;
        }

        if (key.StartsWith("password", StringComparison.OrdinalIgnoreCase))
        {
            // Other users of a machine see the arguments of its processes, and shells keep them.
            throw Failure.Configuration("passwords are never taken from the command line: expected at the prompt, or with --password-stdin on standard input");
        }

        var words = args.Count > 0 && args[0] is not "serve" && !args[0].StartsWith('-') ? Switches.Concat(Valued) : ["--help", "--version"];
        var near = Nearest.Of(key, ConfigurationKeys.All.Select(known => known.Name).Concat(words.Select(known => known[2..])));
        throw Failure.Configuration($"--{Failure.Printable(key)} (command line) is not a known key"
            + (near is null ? "; mychat help lists them" : $"; did you mean --{near}?"));
    }
}
