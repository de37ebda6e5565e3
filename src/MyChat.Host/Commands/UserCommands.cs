using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MyChat.Host.Configuration;
using MyChat.Host.Control;

namespace MyChat.Host.Commands;

/// <summary>mychat user …</summary>
internal static class UserCommands
{
    // To a terminal or a program, not into a web page: names stay readable.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> AddAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        var password = await PasswordPrompt.ReadAsync(arguments.Given.Contains("--password-stdin"), arguments.Words[0], cancellation);
        await using var access = await Access.OpenAsync(options, cancellation);
        return Show(await access.Users.AddAsync(arguments.Words[0], password, cancellation));
    }

    public static async Task<int> ChangePasswordAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        var password = await PasswordPrompt.ReadAsync(arguments.Given.Contains("--password-stdin"), arguments.Words[0], cancellation);
        await using var access = await Access.OpenAsync(options, cancellation);
        return Show(await access.Users.SetPasswordAsync(arguments.Words[0], password, cancellation));
    }

    public static async Task<int> DeleteAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        if (!arguments.Given.Contains("--yes") && !Confirm(arguments.Words[0]))
        {
            Console.WriteLine("Nothing was deleted.");
            return Failure.Failed;
        }

        await using var access = await Access.OpenAsync(options, cancellation);
        return Show(await access.Users.DeleteAsync(arguments.Words[0], cancellation));
    }

    public static async Task<int> ListAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        await using var access = await Access.OpenAsync(options, cancellation);
        var lines = await access.Users.ListAsync(cancellation).ToListAsync(cancellation);
        if (arguments.Given.Contains("--json"))
        {
            Console.WriteLine(JsonSerializer.Serialize(lines, Json));
            return 0;
        }

        var width = lines.Select(line => line.Address.Length).Append("Address".Length).Max();
        Console.WriteLine($"{"Address".PadRight(width)}  Created");
        foreach (var line in lines)
        {
            var created = line.Created.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            Console.WriteLine($"{line.Address.PadRight(width)}  {created}");
        }

        return 0;
    }

    private static int Show(UserAnswer answer)
    {
        if (!answer.Done)
        {
            throw Failure.Now(answer.Text);
        }

        Console.WriteLine(answer.Text);
        return 0;
    }

    private static bool Confirm(string name)
    {
        if (Console.IsInputRedirected)
        {
            throw Failure.Configuration("user delete: expected --yes, for there is no terminal to ask on");
        }

        Console.Error.Write($"Delete {Failure.Printable(name)} with all contacts and messages? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
