using System.Text;

namespace MyChat.Host.Commands;

/// <summary>Asks for a new password without showing it, or takes it from standard input.</summary>
internal static class PasswordPrompt
{
    /// <exception cref="Failure">There is none, or the two that were typed differ.</exception>
    public static async Task<string> ReadAsync(bool fromStandardInput, string address, CancellationToken cancellation)
    {
        if (!fromStandardInput && !Console.IsInputRedirected)
        {
            var typed = Ask($"Password for {address}: ");
            return typed == Ask("Once more: ") ? typed : throw Failure.Now("the two passwords are not the same; nothing was changed");
        }

        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            return await input.ReadLineAsync(cancellation) is { Length: > 0 } line
                ? line : throw Failure.Now("no password: expected it on the first line of standard input");
        }
        catch (DecoderFallbackException)
        {
            throw Failure.Now("the password on standard input is not UTF-8");
        }
    }

    private static string Ask(string prompt)
    {
        _ = Console.KeyAvailable; // turns the terminal's echo off: who types as soon as the prompt is there is not shown either
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Error.WriteLine();
                return typed.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length -= typed.Length == 0 ? 0 : typed.Length > 1 && char.IsLowSurrogate(typed[^1]) ? 2 : 1;
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }
    }
}
