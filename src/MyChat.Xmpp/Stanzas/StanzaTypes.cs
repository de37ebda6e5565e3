using System.Text;

namespace MyChat.Xmpp.Stanzas;

/// <summary>The values of the type attribute, in the order of the enums.</summary>
internal static class StanzaTypes
{
    public static readonly string[] Messages = [.. Enum.GetNames<MessageType>().Select(name => name.ToLowerInvariant())];

    // RFC 6121 §4.7.1: that somebody is available is said by leaving the type out.
    public static readonly string[] Presences =
        [.. Enum.GetNames<PresenceType>().Select(name => name == nameof(PresenceType.Available) ? "" : name.ToLowerInvariant())];

    public static readonly string[] Iqs = [.. Enum.GetNames<IqType>().Select(name => name.ToLowerInvariant())];

    public static readonly string[] Errors = [.. Enum.GetNames<StanzaErrorType>().Select(name => name.ToLowerInvariant())];

    /// <summary>The index of a value, or -1.</summary>
    public static int Find(string[] names, ReadOnlySpan<byte> value)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0 && Ascii.Equals(value, names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
