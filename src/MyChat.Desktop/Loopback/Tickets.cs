using System.Security.Cryptography;
using System.Text;

namespace MyChat.Desktop.Loopback;

/// <summary>
/// Who may see the page. A ticket is a secret that works once; a browser that brings it gets a cookie, and with that cookie everything else.
/// </summary>
internal sealed class Tickets(TimeProvider time)
{
    /// <summary>How long a ticket lasts that a browser was started with.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly List<(byte[] Hash, DateTimeOffset Until)> _tickets = [];
    private readonly List<byte[]> _cookies = [];

    /// <summary>A ticket was used; its text.</summary>
    public event Action<string>? Used;

    /// <summary>A new ticket.</summary>
    /// <param name="lasting">Whether it is good until it is used, or only for the next two minutes.</param>
    public string Issue(bool lasting = false)
    {
        var ticket = NewSecret();
        lock (_gate)
        {
            _tickets.RemoveAll(known => known.Until < time.GetUtcNow());
            _tickets.Add((Hash(ticket), lasting ? DateTimeOffset.MaxValue : time.GetUtcNow() + Life));
        }

        return ticket;
    }

    /// <summary>Gives a cookie for a ticket, once; null when the ticket is none, or not any more.</summary>
    public string? Exchange(string ticket)
    {
        var cookie = NewSecret();
        lock (_gate)
        {
            var hash = Hash(ticket);
            var index = _tickets.FindIndex(known => CryptographicOperations.FixedTimeEquals(known.Hash, hash));
            if (index < 0 || _tickets[index].Until < time.GetUtcNow())
            {
                return null;
            }

            _tickets.RemoveAt(index);
            _cookies.Add(Hash(cookie));
        }

        Used?.Invoke(ticket);
        return cookie;
    }

    /// <summary>Whether a cookie was given out here.</summary>
    public bool Knows(string cookie)
    {
        var hash = Hash(cookie);
        lock (_gate)
        {
            return _cookies.Exists(known => CryptographicOperations.FixedTimeEquals(known, hash));
        }
    }

    public static string NewSecret() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
