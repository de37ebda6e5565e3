using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using MyChat.Host.Configuration;
using MyChat.Server;
using MyChat.Server.Connections;

namespace MyChat.Host;

/// <summary>Opens the listeners that are configured, and knows afterwards where they really are.</summary>
internal sealed class Listeners(MyChatOptions options)
{
    private readonly Dictionary<string, ListenOptions> _open = [];

    public void Configure(KestrelServerOptions kestrel, IServerCertificate certificate)
    {
        Open(kestrel, "C2s:Listen", options.C2sListen, listen => listen.UseXmpp());
        Open(kestrel, "C2s:ListenTls", options.C2sListenTls, listen => listen.UseXmppTls());
        Open(kestrel, "Web:Listen", options.WebListen, listen => listen.Protocols = HttpProtocols.Http1);
        Open(kestrel, "Web:ListenTls", options.WebListenTls, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(Https(certificate));
        });
    }

    /// <summary>The address that a key's listener got, or null when it is off.</summary>
    public IPEndPoint? Address(string key) => _open.TryGetValue(key, out var listen) ? listen.IPEndPoint : null;

    /// <summary>The line for a start that failed because a listener could not be opened; asks the system once more which one, and why.</summary>
    public Failure Blame(Exception failed)
    {
        foreach (var (key, address) in options.Listeners)
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            try
            {
                socket.Bind(address);
                socket.Listen();
            }
            catch (SocketException refused)
            {
                var why = refused.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => "the address is in use by another program",
                    SocketError.AccessDenied => "this user may not listen there",
                    SocketError.AddressNotAvailable => "this machine does not have the address",
                    _ => Failure.Printable(refused.Message),
                };
                return Failure.Now($"{key}={address}: {why}");
            }
        }

        return Failure.Now($"cannot listen: {Failure.Printable(failed.Message)}");
    }

    private void Open(KestrelServerOptions kestrel, string key, IPEndPoint? address, Action<ListenOptions> configure)
    {
        if (address is null)
        {
            return;
        }

        void Remember(ListenOptions listen)
        {
            _open[key] = listen;
            configure(listen);
        }

        if (address.Address.Equals(IPAddress.IPv6Any) && address.Port != 0)
        {
            kestrel.ListenAnyIP(address.Port, Remember); // both families, and IPv4 alone on a machine without IPv6
        }
        else
        {
            kestrel.Listen(address, Remember);
        }
    }

    /// <summary>Asks for the certificate at each handshake, so that a new one is shown at once.</summary>
    private static TlsHandshakeCallbackOptions Https(IServerCertificate certificate) => new()
    {
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Context,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            AllowRenegotiation = false,
        }),
    };
}
