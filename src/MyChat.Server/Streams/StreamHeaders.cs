using System.Buffers;
using System.Text;
using MyChat.Server.Connections;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Streams;

/// <summary>
/// What a server writes around stanzas, on TCP (RFC 6120 §4) and WebSocket (RFC 7395 §3). The prefix "stream" is written as such: there are
/// clients that look for it rather than for its namespace.
/// </summary>
internal static class StreamHeaders
{
    private const string StreamPrefix = $" xmlns:stream='{Ns.Streams}'";

    public static void Open(Output output, bool framed, BareJid domain, string id) => output.Write(Encoding.UTF8.GetBytes(framed
        ? $"<open xmlns='{Ns.Framing}' from='{Attribute(domain)}' id='{id}' version='1.0' xml:lang='en'/>"
        : $"<?xml version='1.0'?><stream:stream xmlns='{Ns.Client}'{StreamPrefix} from='{Attribute(domain)}' id='{id}' version='1.0' xml:lang='en'>"));

    public static void Features(Output output, bool framed, IEnumerable<Element> features) =>
        output.Write((framed, features), static (bytes, state) =>
        {
            bytes.Write(Encoding.UTF8.GetBytes($"<stream:features{(state.framed ? StreamPrefix : "")}>"));
            foreach (var feature in state.features)
            {
                feature.WriteTo(bytes);
            }
            bytes.Write("</stream:features>"u8);
        });

    public static void Error(Output output, bool framed, StreamError error) =>
        output.Write((framed, error), static (bytes, state) =>
        {
            bytes.Write(Encoding.UTF8.GetBytes($"<stream:error{(state.framed ? StreamPrefix : "")}>"));
            foreach (var child in state.error.ToElement().Elements)
            {
                child.WriteTo(bytes);
            }
            bytes.Write("</stream:error>"u8);
        });

    public static void Close(Output output, bool framed) =>
        output.Write(Encoding.UTF8.GetBytes(framed ? $"<close xmlns='{Ns.Framing}'/>" : "</stream:stream>"));

    private static string Attribute(BareJid jid) => Encoding.UTF8.GetString(jid.AttributeUtf8.Span);
}
