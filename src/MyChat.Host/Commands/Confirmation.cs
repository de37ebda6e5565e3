using MyChat.Host.Configuration;

namespace MyChat.Host.Commands;

/// <summary>Asks before something goes for ever.</summary>
internal static class Confirmation
{
    /// <param name="command">What asks.</param>
    /// <param name="question">Without the answers that it can have.</param>
    /// <exception cref="Failure">Nobody is there to answer.</exception>
    public static bool Ask(string command, string question)
    {
        if (Console.IsInputRedirected)
        {
            throw Failure.Configuration($"{command}: expected --yes, for there is no terminal to ask on");
        }

        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
