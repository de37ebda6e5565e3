using System.Text;
using MyChat.Server.Mailboxes;

namespace MyChat.Storage.Tests;

/// <summary>A message that remembers what became of it.</summary>
internal sealed class TestWrite : MailboxWrite
{
    private readonly TaskCompletionSource<Exception?> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TestWrite(long sender, long recipient, string stanza = "<message/>", MailboxSides sides = MailboxSides.Recipient | MailboxSides.Sender)
    {
        Sides = sides;
        SenderAccount = sender;
        RecipientAccount = recipient;
        Stamp = TestDatabase.Noon;
        Stanza = Encoding.UTF8.GetBytes(stanza);
    }

    public static TestWrite Fence() => new(0, 0, "", MailboxSides.None);

    /// <summary>What happens first of all when the outcome is known, on the writer's thread.</summary>
    public Action<TestWrite> Told { get; init; } = _ => { };

    public int Times { get; private set; }

    /// <summary>Null when it was committed.</summary>
    public Task<Exception?> Outcome => outcome.Task;

    public override void Committed() => Tell(null);
    public override void Failed(Exception reason) => Tell(reason);

    private void Tell(Exception? reason)
    {
        Times++;
        outcome.TrySetResult(reason);
        Told(this);
    }
}
