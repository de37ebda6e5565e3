using MyChat.Xmpp.Xeps;

namespace MyChat.Xmpp.Tests.Xeps;

public sealed class ChatStatesTests
{
    private const string Composing = "<composing xmlns='http://jabber.org/protocol/chatstates'/>";

    [Theory]
    [InlineData(Composing, true)]
    [InlineData("<thread>x</thread>" + Composing + "<no-store xmlns='urn:xmpp:hints'/><origin-id xmlns='urn:xmpp:sid:0' id='1'/>", true)]
    [InlineData("<composing xmlns='http://jabber.org/protocol/chatstat&#101;s'/>", true)]
    [InlineData(Composing + "<body>Soft!</body>", false)]
    [InlineData(Composing + "<received xmlns='urn:xmpp:receipts' id='1'/>", false)]
    [InlineData("<thread>x</thread>", false)]
    [InlineData("", false)]
    public void A_chat_state_is_alone_without_anything_to_read(string content, bool alone) =>
        Assert.Equal(alone, ChatStates.IsAlone(Messages.Read($"<message type='chat'>{content}</message>")));

    [Fact]
    public void An_error_is_no_chat_state() =>
        Assert.False(ChatStates.IsAlone(Messages.Read($"<message type='error'>{Composing}</message>")));
}
