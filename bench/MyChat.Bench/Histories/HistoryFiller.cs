using System.Text;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Jids;

namespace MyChat.Bench.Histories;

/// <summary>Makes an account with a long history: what 200 friends wrote in the course of years.</summary>
internal sealed class HistoryFiller(IAccountStore accounts, IMailboxStore mailboxes)
{
    private const int Friends = 200;
    private static readonly DateTimeOffset Beginning = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Fills the account of this name, unless it is there, and then it is taken to be full; returns its id.</summary>
    /// <param name="localpart">Whose history.</param>
    /// <param name="messages">How many messages.</param>
    /// <param name="texts">What they say.</param>
    /// <param name="extra">What some of them say besides: the number of a message to its words.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<long> FillAsync(
        string localpart, int messages, Vocabulary texts, Func<int, string?> extra, CancellationToken cancellation)
    {
        if (await accounts.FindAsync(localpart, cancellation) is { } there)
        {
            return there.Id;
        }
        var account = await accounts.CreateAsync(localpart, [], Beginning, cancellation) ?? throw new InvalidOperationException("The name is taken.");
        var last = new TaskCompletionSource();
        for (var i = 0; i < messages; i++)
        {
            if (!mailboxes.HasRoom)
            {
                await mailboxes.WaitForRoomAsync(cancellation);
            }
            var friend = (i / 7 * 31 % Friends) + 1;
            mailboxes.Append(new Write(account.Id, localpart, friend, Beginning.AddMinutes(2 * i), texts.Sentence() + extra(i), i == messages - 1 ? last : null));
        }
        await last.Task.WaitAsync(cancellation);
        return account.Id;
    }

    /// <summary>The address of a friend, by number from 1.</summary>
    public static BareJid Friend(int number) => Jid.Parse($"friend{number}@localhost").Bare;

    private sealed class Write : MailboxWrite
    {
        private readonly TaskCompletionSource? done;

        public Write(long account, string localpart, int friend, DateTimeOffset stamp, string body, TaskCompletionSource? done)
        {
            this.done = done;
            Sides = MailboxSides.Recipient;
            RecipientAccount = account;
            Stamp = stamp;
            Stanza = Encoding.UTF8.GetBytes(
                $"<message from='{Friend(friend)}/phone' to='{localpart}@localhost' type='chat' id='{Guid.NewGuid():N}'><body>{body}</body>"
                + "<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/></message>");
        }

        public override void Committed() => done?.TrySetResult();

        public override void Failed(Exception reason)
        {
            done?.TrySetException(reason);
            Console.Error.WriteLine(reason.Message);
        }
    }
}
