namespace MyChat.Desktop.Tests;

/// <summary>Waiting for what happens in another program.</summary>
internal static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(2); // beside other browsers on two cores a window took 49 s

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200); // to look at a window takes a program of its own

    /// <summary>Asks again and again until there is an answer; another program tells nobody when it has one.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> ask, Func<string> otherwise)
    {
        using var timer = new PeriodicTimer(Step);
        using var timeout = new CancellationTokenSource(Long);
        try
        {
            while (await timer.WaitForNextTickAsync(timeout.Token))
            {
                if (await ask() is { } answer)
                {
                    return answer;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }

        throw new TimeoutException(otherwise());
    }

    public static Task UntilAsync(Func<bool> done, Func<string> otherwise) =>
        UntilAsync(() => Task.FromResult(done() ? "" : null), otherwise);
}
