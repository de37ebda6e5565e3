using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace MyChat.Desktop.Loopback;

/// <summary>Shows that a request comes from a program of the same user: it could read the address file.</summary>
internal sealed class ControlSecret
{
    public string Text { get; } = Tickets.NewSecret();

    public bool Matches(StringValues authorization) =>
        authorization is [{ } only] && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(only), Encoding.UTF8.GetBytes(HeaderOf(Text)));

    public static string HeaderOf(string secret) => "Bearer " + secret;
}
