using MyChat.Host.Configuration;
using MyChat.Host.Control;

namespace MyChat.Host.Commands;

/// <summary>mychat user …</summary>
internal static class UserCommands
{
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
        if (!arguments.Given.Contains("--yes") && !Confirmation.Ask("user delete", $"Delete {Failure.Printable(arguments.Words[0])} with all contacts and messages?"))
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
        Output.Write(arguments, lines, () => Table(lines));
        return 0;
    }

    private static string Table(List<UserLine> lines)
    {
        var width = lines.Select(line => line.Address.Length).Append("Address".Length).Max();
        return string.Join('\n', lines.Select(line => $"{line.Address.PadRight(width)}  {Output.Time(line.Created)}")
            .Prepend($"{"Address".PadRight(width)}  Created"));
    }

    public static async Task<int> ShowAsync(Arguments arguments, MyChatOptions options, CancellationToken cancellation)
    {
        await using var access = await Access.OpenAsync(options, cancellation);
        var user = await access.Maintenance.ShowAsync(arguments.Words[0], cancellation);
        Output.Write(arguments, user, () => $"""
            {user.Address}
              created     {Output.Time(user.Created)}
              connected   {(user.Sessions == 0 ? "no" : Output.Count(user.Sessions, "device"))}
              last seen   {(user.Sessions > 0 ? "now" : user.LastSeen is { } seen ? Output.Time(seen) : "never")}
              messages    {user.Received:N0} received, {user.Sent:N0} sent
              mailbox     {Output.Size(user.Bytes)}
            """);
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
}
