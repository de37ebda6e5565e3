using MyChat.Client.Conversations;

namespace MyChat.Client.Tests.Conversations;

internal static class DeviceExtensions
{
    /// <summary>The conversation with another.</summary>
    public static Conversation With(this TestDevice device, TestDevice other) => device.Client.Conversations[other.Jid];

    /// <summary>A message of it by its text, as it is kept.</summary>
    public static async Task<ChatMessage> Message(this TestDevice device, TestDevice other, string body)
    {
        var all = await device.Store.ReadMessagesAsync(other.Jid, long.MinValue, long.MaxValue, 1000, fromStart: true, default);
        return all.Single(message => message.Body == body);
    }
}
