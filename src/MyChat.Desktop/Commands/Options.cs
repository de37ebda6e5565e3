namespace MyChat.Desktop.Commands;

/// <summary>What the user wants of the program.</summary>
internal sealed record Options
{
    public const string Help = """
        MyChat for the desktop: an XMPP client.

        usage: mychat-desktop [options]

          --data DIR       keep everything in this folder (one program runs on one folder)
          --browser WHICH  what shows the window: the path of a browser of the Chromium family, "tab" for a tab in your browser,
                           or "none": then open the address in the file "address" of the data folder yourself
          --version        say the version
          --help           say this

        Without --browser: Edge (on Windows), Chrome, Chromium or Brave, whichever is found first; else a tab in your browser.
        A second start on the same folder shows the window of the first.
        """;

    public string? DataFolder { get; init; }

    /// <summary>A path, "tab", "none", or null.</summary>
    public string? Browser { get; init; }

    public bool WantsHelp { get; init; }
    public bool WantsVersion { get; init; }

    /// <summary>Reads a command line; what is wrong with it comes out as <paramref name="error"/>.</summary>
    public static Options? Parse(IReadOnlyList<string> arguments, out string? error)
    {
        var options = new Options();
        error = null;
        for (var i = 0; i < arguments.Count && error is null; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var before, var after] ? (before, after) : (arguments[i], null);
            switch (name)
            {
                case "--help" or "-h" when value is null:
                    options = options with { WantsHelp = true };
                    break;
                case "--version" when value is null:
                    options = options with { WantsVersion = true };
                    break;
                case "--data" or "--browser":
                    value ??= i + 1 < arguments.Count ? arguments[++i] : null;
                    error = string.IsNullOrEmpty(value) ? $"{name} needs a value." : null;
                    options = name == "--data" ? options with { DataFolder = value } : options with { Browser = value };
                    break;
                default:
                    error = $"Unknown option {arguments[i]}.";
                    break;
            }
        }

        return error is null ? options : null;
    }
}
