using System.Reflection;
using MyChat.Host.Configuration;

namespace MyChat.Host.Commands;

/// <summary>Finds the command that the arguments name and runs it; a failure becomes one line and an exit code.</summary>
internal static class CommandLine
{
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private sealed record Command(string Name, string[] Switches, int Words, Func<Arguments, MyChatOptions, CancellationToken, Task<int>> Run);

    private static readonly Command[] Commands =
    [
        new("serve", [], 0, (_, options, _) => Serve.RunAsync(options)),
        new("user add", ["--password-stdin"], 1, UserCommands.AddAsync),
        new("user passwd", ["--password-stdin"], 1, UserCommands.ChangePasswordAsync),
        new("user delete", ["--yes"], 1, UserCommands.DeleteAsync),
        new("user list", ["--json"], 0, UserCommands.ListAsync),
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
            return await command.Run(arguments, options, CancellationToken.None);
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
            ["user"] => throw Failure.Configuration("user: expected add, passwd, delete or list; mychat help user tells more"),
            ["user", var verb, ..] => $"user {verb}",
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
        if (arguments.Given.FirstOrDefault(given => !command.Switches.Contains(given)) is { } stray)
        {
            throw Failure.Configuration($"{stray} does not belong to {command.Name}; mychat help {command.Name} tells more");
        }

        if (rest.Count == command.Words)
        {
            return;
        }

        // What stands too much may be a password: it is not repeated.
        throw Failure.Configuration((command.Words, command.Switches) switch
        {
            (0, _) => $"{command.Name}: expected no more words after it; mychat help {command.Name} tells more",
            (_, ["--password-stdin"]) when rest.Count > 1 =>
                $"{command.Name}: expected one name and nothing more; the password is asked for, or read from standard input with --password-stdin",
            _ => $"{command.Name}: expected one name, as in mychat {command.Name} romeo",
        });
    }
}
