using MyChat.Client.Conversations;

namespace MyChat.Client.Tests.Conversations;

internal static class DeviceExtensions
{
    /// <summary>The conversation with another.</summary>
    public static Conversation With(this Device device, Device other) => device.Client.Conversations[other.Jid];

    /// <summary>A message of it by its text, as it is kept.</summary>
    public static async Task<ChatMessage> Message(this Device device, Device other, string body)
    {
        var all = await device.Store.ReadMessagesAsync(other.Jid, long.MinValue, long.MaxValue, 1000, fromStart: true, default);
        return all.Single(message => message.Body == body);
    }
}
