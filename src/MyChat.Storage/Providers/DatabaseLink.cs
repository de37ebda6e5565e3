using Microsoft.Extensions.Logging;

namespace MyChat.Storage.Providers;

/// <summary>Whether the database is within reach: the log hears once when it is lost and once when it is back, whoever notices.</summary>
internal sealed partial class DatabaseLink(ILogger logger)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int missing; // how many wait for it

    /// <summary>Completes when this program must not use the database any more; with the reason, one line.</summary>
    public Task<string> Ended => ended.Task;

    /// <summary>This program must not use the database any more.</summary>
    public void End(string reason)
    {
        if (ended.TrySetResult(reason))
        {
            Log.Over(logger, reason);
        }
    }

    /// <summary>Somebody waits for the database from now on, to <see cref="Restored"/>.</summary>
    public void Lost(Exception reason)
    {
        lock (gate)
        {
            if (missing++ == 0)
            {
                Log.Lost(logger, reason.Message.ReplaceLineEndings(" "));
            }
        }
    }

    public void Restored()
    {
        lock (gate)
        {
            if (--missing == 0)
            {
                Log.Back(logger);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The database is lost; messages wait until it is back: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The database is back")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(3, LogLevel.Critical, "{Reason}")]
        public static partial void Over(ILogger logger, string reason);
    }
}
