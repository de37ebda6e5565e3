using System.Threading.Channels;
using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;

namespace Bots;

/// <summary>Becomes a friend of whoever asks, and rolls a die for whoever says "roll".</summary>
internal static class DiceBot
{
    public static async Task RunAsync(ChatOptions options, CancellationToken stop)
    {
        await using var bot = new ChatClient(options, new MemoryStore());
        // Events are told one after the other and must not be held up: what takes time is done below.
        var todo = Channel.CreateUnbounded<Func<Task>>();
        bot.MessageReceived += got => todo.Writer.TryWrite(async () =>
        {
            await got.Conversation.MarkReadAsync(stop);
            if (got.Message.Body.Trim().Equals("roll", StringComparison.OrdinalIgnoreCase))
            {
                await got.Conversation.SendAsync($"{Random.Shared.Next(1, 7)}", cancellationToken: stop);
            }
        });
        bot.Changed += _ => todo.Writer.TryWrite(async () =>
        {
            foreach (var request in bot.Notices.All.Where(notice => notice.Kind == NoticeKind.Request))
            {
                await bot.Notices.AgreeAsync(request.Jid, stop);
            }
        });
        await bot.StartAsync(stop);
        await bot.WhenOnlineAsync(stop); // throws when the password is wrong, or the server not to be trusted
        await foreach (var next in todo.Reader.ReadAllAsync(stop))
        {
            try
            {
                await next();
            }
            catch (XmppException)
            {
                // The connection is lost for the moment. That it is back is a change, too.
            }
        }
    }
}
