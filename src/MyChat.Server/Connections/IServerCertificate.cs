using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MyChat.Server.Connections;

/// <summary>The certificate that the server shows now; both properties change together when an operator puts a new one in place.</summary>
public interface IServerCertificate
{
    SslStreamCertificateContext Context { get; }
    X509Certificate2 Certificate { get; }
}
