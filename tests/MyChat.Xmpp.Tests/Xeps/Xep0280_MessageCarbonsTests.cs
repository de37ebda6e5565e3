using MyChat.Xmpp.Xeps;

namespace MyChat.Xmpp.Tests.Xeps;

public sealed class MessageCarbonsTests
{
    private const string Full = "to='romeo@montague.lit/orchard'";
    private const string Body = "<body>Soft!</body>";
    private const string RoomUser = "<x xmlns='http://jabber.org/protocol/muc#user'/>";

    // XEP-0280 §6.1, rule by rule.
    [Theory]
    [InlineData("type='chat'", Body, true, true)]
    [InlineData("type='chat'", "<x xmlns='jabber:x:oob'/>", true, true)]
    [InlineData("", Body, true, true)]
    [InlineData("", "<subject>x</subject>" + Body, true, true)]
    [InlineData("", "<x xmlns='jabber:x:oob'/>", false, false)]
    [InlineData("", "<received xmlns='urn:xmpp:receipts' id='1'/>", true, true)]
    [InlineData("", "<active xmlns='http://jabber.org/protocol/chatstates'/>", true, true)]
    [InlineData("", "<displayed xmlns='urn:xmpp:chat-markers:0' id='1'/>", true, true)]
    [InlineData("", "<x xmlns='jabber:x:conference' jid='room@muc.lit'/>", true, true)]
    [InlineData("", "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='a@b.lit'/></x>", true, true)]
    [InlineData("type='chat'", Body + RoomUser, true, false)]
    [InlineData("", Body + RoomUser, false, false)]
    [InlineData("type='groupchat'", Body, false, false)]
    [InlineData("type='error'", Body, false, false)]
    [InlineData("type='chat'", Body + "<private xmlns='urn:xmpp:carbons:2'/>", false, false)]
    [InlineData("type='chat'", Body + "<private xmlns='urn:xmpp:carbons&#58;2'/>", false, false)]
    [InlineData("type='chat' " + Full, Body + "<no-copy xmlns='urn:xmpp:hints'/>", false, false)]
    [InlineData("type='chat' to='romeo@montague.lit'", Body + "<no-copy xmlns='urn:xmpp:hints'/>", true, true)]
    [InlineData("type='chat'", "<body>&lt;private xmlns='urn:xmpp:carbons:2'/></body>", true, true)]
    public void A_message_is_copied(string attributes, string content, bool sent, bool received)
    {
        var message = Messages.Read($"<message {attributes}>{content}</message>");
        Assert.Equal(sent, Carbons.IsEligible(message, received: false));
        Assert.Equal(received, Carbons.IsEligible(message, received: true));
    }
}
