using System.Reflection;
using MyChat.Host.Configuration;

namespace MyChat.Host.Commands;

/// <summary>Finds the command that the arguments name and runs it; a failure becomes one line and an exit code.</summary>
internal static class CommandLine
{
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <param name="Words">What follows the name, as help calls it; those in brackets may be left out.</param>
    /// <param name="Options">The switches and options that belong to it.</param>
    private sealed record Command(
        string Name, string[] Words, string[] Options, Func<Arguments, MyChatOptions, CancellationToken, Task<int>> Run);

    private static readonly Command[] Commands =
    [
        new("serve", [], [], (_, options, _) => Serve.RunAsync(options)),
        new("status", [], ["--json"], StatusCommand.RunAsync),
        new("user add", ["NAME"], ["--password-stdin"], UserCommands.AddAsync),
        new("user passwd", ["NAME"], ["--password-stdin"], UserCommands.ChangePasswordAsync),
        new("user delete", ["NAME"], ["--yes"], UserCommands.DeleteAsync),
        new("user show", ["NAME"], ["--json"], UserCommands.ShowAsync),
        new("user list", [], ["--json"], UserCommands.ListAsync),
        new("backup", ["FILE"], ["--json", "--quiet"], BackupCommands.BackupAsync),
        new("restore", ["FILE"], ["--replace", "--json", "--quiet"], BackupCommands.RestoreAsync),
        new("check", [], ["--repair", "--json", "--quiet"], CheckCommand.RunAsync),
        new("move", [], ["--to", "--to-connection-string", "--to-directory", "--replace", "--json", "--quiet"], MoveCommand.RunAsync),
        new("history prune", [], ["--days", "--messages", "--user", "--dry-run", "--yes", "--json", "--quiet"], HistoryCommands.PruneAsync),
        new("export", ["[USER]", "[FILE]"], ["--all", "--json", "--quiet"], PortableCommands.ExportAsync),
        new("import", ["FILE"], ["--json", "--quiet"], PortableCommands.ImportAsync),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var arguments = Arguments.Parse(args, Directory.GetCurrentDirectory());
            if (arguments.Given.Contains("--version"))
            {
                Console.WriteLine($"MyChat {Version}");
                return 0;
            }

            if (arguments.Given.Contains("--help") || arguments.Words is ["help", ..])
            {
                Console.WriteLine(Help.For(string.Join(' ', arguments.Words.Where(word => word != "help"))));
                return 0;
            }

            var (command, rest) = Find(arguments);
            Check(command, rest, arguments);
            arguments.Words.Clear();
            arguments.Words.AddRange(rest);
            var options = HostConfiguration.Load(arguments.Settings, Environment.GetEnvironmentVariables(), Directory.GetCurrentDirectory());
            using var interruption = command.Name == "serve" ? null : new Interruption();
            return await command.Run(arguments, options, interruption?.Token ?? CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("mychat: interrupted");
            return Failure.Failed;
        }
        catch (Failure failure)
        {
            await Console.Error.WriteLineAsync($"mychat: {failure.Message}");
            return failure.ExitCode;
        }
    }

    private static (Command Command, IReadOnlyList<string> Words) Find(Arguments arguments)
    {
        var words = arguments.Words;
        var name = words switch
        {
            [] => "serve",
            ["user"] => throw Failure.Configuration("user: expected add, passwd, delete, show or list; mychat help user tells more"),
            ["history"] => throw Failure.Configuration("history: expected prune; mychat help history prune tells more"),
            [("user" or "history") and var first, var verb, ..] => $"{first} {verb}",
            [var first, ..] => first,
        };
        var command = Array.Find(Commands, command => command.Name == name);
        if (command is null)
        {
            var near = Nearest.Of(name, Commands.Select(command => command.Name));
            throw Failure.Configuration($"{Failure.Printable(name)} is not a command"
                + (near is null ? "; mychat help lists them" : $"; did you mean {near}?"));
        }

        return (command, [.. words.Skip(command.Name.Split(' ').Length)]);
    }

    private static void Check(Command command, IReadOnlyList<string> rest, Arguments arguments)
    {
        if (arguments.Given.Concat(arguments.Values.Keys).FirstOrDefault(given => !command.Options.Contains(given)) is { } stray)
        {
            throw Failure.Configuration($"{stray} does not belong to {command.Name}; mychat help {command.Name} tells more");
        }

        var least = command.Words.Count(word => !word.StartsWith('['));
        if (rest.Count >= least && rest.Count <= command.Words.Length)
        {
            return;
        }

        // What stands too much may be a password: it is not repeated.
        throw Failure.Configuration(command switch
        {
            { Words: [] } => $"{command.Name}: expected no more words after it; mychat help {command.Name} tells more",
            { Options: ["--password-stdin"] } when rest.Count > 1 =>
                $"{command.Name}: expected one name and nothing more; the password is asked for, or read from standard input with --password-stdin",
            { Words: ["NAME"] } => $"{command.Name}: expected one name, as in mychat {command.Name} romeo",
            { Words: ["FILE"] } => $"{command.Name}: expected one file, as in mychat {command.Name} {Example(command.Name)}",
            _ => $"{command.Name}: expected {string.Join(' ', command.Words)}; mychat help {command.Name} tells more",
        });
    }

    private static string Example(string command) => command is "import" ? "romeo.xml" : "mychat.backup";
}
