using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MyChat.Xmpp.Jids;

namespace MyChat.Host.Configuration;

/// <summary>Reads the values of configuration keys as people write them.</summary>
internal static class Values
{
    /// <summary>A domain as RFC 7622 §3.2 prepares it.</summary>
    public static bool TryDomain(string text, [NotNullWhen(true)] out string? domain)
    {
        domain = BareJid.TryParse(text, out var jid) && jid.Localpart is null ? jid.Domainpart : null;
        return domain is not null;
    }

    /// <summary>ADDRESS:PORT; an IPv6 address stands in brackets. Names and bare numbers are not taken for addresses.</summary>
    public static bool TryAddress(string text, [NotNullWhen(true)] out IPEndPoint? address)
    {
        address = null;
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = text[..colon];
        var bracketed = host is ['[', .., ']'];
        if (!IPAddress.TryParse(bracketed ? host[1..^1] : host, out var ip)
            || (ip.AddressFamily == AddressFamily.InterNetworkV6) != bracketed
            || (!bracketed && host.Count(c => c == '.') != 3))
        {
            return false;
        }

        address = new IPEndPoint(ip, port);
        return true;
    }

    /// <summary>A whole number, 0 or more.</summary>
    public static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>One of an enumeration's names in any case; its numbers are not names.</summary>
    public static bool TryWord<T>(string text, out T word)
        where T : struct, Enum
    {
        var name = Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        word = name is null ? default : Enum.Parse<T>(name);
        return name is not null;
    }

    /// <summary>URIs with a scheme, separated by commas.</summary>
    public static bool TryUris(string text, out IReadOnlyList<string> uris)
    {
        uris = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // On Unix a bare path counts as an absolute URI; an operator who writes one forgot the scheme.
        return uris.All(uri => Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
            && uri.StartsWith(parsed.Scheme + ':', StringComparison.OrdinalIgnoreCase));
    }
}
