using System.Text;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Streams;

/// <summary>Elements that are no stanzas, ready to be sent.</summary>
internal static class Nonzas
{
    public static ReadOnlyMemory<byte> Request { get; } = Encoding.ASCII.GetBytes($"<r xmlns='{Ns.StreamManagement}'/>");

    public static byte[] Answer(uint handled) => Encoding.ASCII.GetBytes($"<a xmlns='{Ns.StreamManagement}' h='{handled}'/>");

    public static byte[] Of(Element element) => Encoding.UTF8.GetBytes(element.ToString());
}
