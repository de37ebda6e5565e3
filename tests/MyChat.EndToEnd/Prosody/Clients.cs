using MyChat.Client;

namespace MyChat.EndToEnd.Prosody;

/// <summary>Waiting for what a client shows.</summary>
internal static class Clients
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Completes when the condition holds, which is looked at whenever the client changes.</summary>
    public static async Task UntilAsync(this ChatClient client, Func<bool> condition)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Changes changes)
        {
            if (condition())
            {
                done.TrySetResult();
            }
        }

        client.Changed += Look;
        try
        {
            Look(Changes.None);
            await done.Task.WaitAsync(Patience);
        }
        finally
        {
            client.Changed -= Look;
        }
    }
}
