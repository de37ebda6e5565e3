using System.Text;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Streams;

/// <summary>Elements that are no stanzas, ready to be sent.</summary>
internal static class Nonzas
{
    public static ReadOnlyMemory<byte> Request { get; } = Encoding.ASCII.GetBytes($"<r xmlns='{Ns.StreamManagement}'/>");

    public static byte[] Answer(uint handled) => Encoding.ASCII.GetBytes($"<a xmlns='{Ns.StreamManagement}' h='{handled}'/>");

    public static byte[] Enabled(StreamManagement management, int resumeSeconds) => Of(new Element(
        StreamManagement.Enabled,
        management.ResumptionId is { } id ? [("id", id), ("resume", "true"), ("max", resumeSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture))] : null));

    public static byte[] Resumed(StreamManagement management) => Of(new Element(
        StreamManagement.Resumed,
        ("previd", management.ResumptionId),
        ("h", management.Inbound.Handled.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    public static byte[] Of(Element element) => Encoding.UTF8.GetBytes(element.ToString());
}
