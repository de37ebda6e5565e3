using System.Text;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

/// <summary>Messages as a server receives them.</summary>
internal static class Messages
{
    public static Message Read(string xml)
    {
        var parser = new StanzaParser();
        parser.ReadHeader("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"u8);
        return (Message)parser.Read(Encoding.UTF8.GetBytes(xml));
    }
}
