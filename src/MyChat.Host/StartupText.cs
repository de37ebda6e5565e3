using System.Net;
using System.Text;
using MyChat.Host.Commands;
using MyChat.Host.Configuration;
using MyChat.Host.Tls;
using MyChat.Server;
using MyChat.Storage;

namespace MyChat.Host;

/// <summary>What an operator reads when the server is up.</summary>
internal static class StartupText
{
    private const string Indent = "             ";

    public static string Write(MyChatOptions options, Listeners listeners, Certificates certificates, Database database, bool hasControlSocket, DateTimeOffset now)
    {
        var text = new StringBuilder($"MyChat {CommandLine.Version} serves {options.Server.Domain}\n");
        var clients = Join((listeners.Address("C2s:Listen"), "", " (STARTTLS)"), (listeners.Address("C2s:ListenTls"), "", " (TLS)"));
        var web = Join((Visit(listeners.Address("Web:Listen")), "http://", "/"), (Visit(listeners.Address("Web:ListenTls")), "https://", "/"));
        text.Append("  clients    ").Append(clients).Append('\n');
        text.Append("  web        ").Append(web).Append('\n');
        text.Append("  database   ").Append(database.Description).Append('\n');
        var label = "  to mend    ";
        foreach (var line in database.Warnings.Concat(ToMend(options, certificates, hasControlSocket, now)))
        {
            text.Append(label).Append(line).Append('\n');
            label = Indent;
        }

        return text.Append("Ready. Ctrl+C stops.").ToString();
    }

    private static IEnumerable<string> ToMend(MyChatOptions options, Certificates certificates, bool hasControlSocket, DateTimeOffset now)
    {
        if (certificates.IsSelfSigned)
        {
            yield return "The certificate is self-signed, clients will warn: set Tls:Certificate and Tls:Key. SHA-256 fingerprint:";
            yield return certificates.Fingerprint;
        }
        else if (certificates.Certificate.NotAfter < now.LocalDateTime)
        {
            yield return $"The certificate expired on {certificates.Certificate.NotAfter:yyyy-MM-dd} (Tls:Certificate).";
        }
        else if (!SelfSigned.Names(certificates.Certificate, options.Server.Domain))
        {
            yield return $"The certificate is not for {options.Server.Domain} (Tls:Certificate).";
        }

        if (options.Server.C2s.AllowPlaintext)
        {
            yield return "Log-in without TLS is allowed (C2s:AllowPlaintext): for tests and benchmarks only.";
        }

        if (options.Server.Registration.Mode == RegistrationMode.Open && options.Listeners.Any(listener => !IPAddress.IsLoopback(listener.Address.Address)))
        {
            yield return "Anyone who reaches this server can make an account: set Registration:Mode=closed if that is not wanted.";
        }

        if (!hasControlSocket)
        {
            yield return "No control socket, for the path of DataDirectory is too long: mychat user works only while the server is stopped.";
        }
    }

    private static string Join(params (object? Address, string Before, string After)[] addresses) =>
        addresses.Where(a => a.Address is not null).Select(a => $"{a.Before}{a.Address}{a.After}").ToList() is { Count: > 0 } lines
            ? string.Join(", ", lines) : "off";

    /// <summary>An address that can be opened in a browser here, for one that means all addresses.</summary>
    private static string? Visit(IPEndPoint? address) => address is null ? null
        : address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any) ? $"localhost:{address.Port}" : address.ToString();
}
