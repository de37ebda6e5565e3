using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace MyChat.Host;

/// <summary>One line per event: time, level, who, what.</summary>
internal sealed class ShortConsoleFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "mychat";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]);
        textWriter.Write(": ");
        // A name or a stanza that a message quotes must not forge lines of the log, nor steer a terminal.
        textWriter.WriteLine(string.Concat(message.Select(c => char.IsControl(c) ? '\uFFFD' : c)));
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception.ToString());
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit  ",
        LogLevel.Error => "error ",
        LogLevel.Warning => "warn  ",
        LogLevel.Information => "info  ",
        _ => "debug ",
    };
}

internal static class ShortConsole
{
    /// <summary>Logs to the console in our short form; of the frameworks below us only what an operator should know.</summary>
    public static ILoggingBuilder AddShortConsole(this ILoggingBuilder logging) => logging
        .AddConsole(console => console.FormatterName = ShortConsoleFormatter.FormatterName)
        .AddConsoleFormatter<ShortConsoleFormatter, ConsoleFormatterOptions>()
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical) // what it logs it also throws, and we say it in one line
        .AddFilter("System", LogLevel.Warning)
        .AddFilter("FluentMigrator", LogLevel.Warning);
}
