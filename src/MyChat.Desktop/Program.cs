using System.Net.Sockets;
using System.Reflection;
using MyChat.Desktop.Commands;

var options = Options.Parse(args, out var error);
if (options is null)
{
    Console.Error.WriteLine($"mychat-desktop: {error} --help says what there is.");
    return 2;
}

if (options.WantsHelp)
{
    Console.WriteLine(Options.Help);
    return 0;
}

if (options.WantsVersion)
{
    Console.WriteLine(Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
    return 0;
}

if (options.Browser is { } browser && browser is not ("tab" or "none") && !MyChat.Desktop.Programs.ExternalProgram.CanRun(browser))
{
    Console.Error.WriteLine($"mychat-desktop: {browser} is not a program.");
    return 2;
}

try
{
    return await DesktopProgram.RunAsync(options);
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
{
    Console.Error.WriteLine($"mychat-desktop: {e.Message}");
    return 1;
}
