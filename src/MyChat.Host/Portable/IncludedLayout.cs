using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MyChat.Host.Commands;
using MyChat.Xmpp.Xeps;

namespace MyChat.Host.Portable;

/// <summary>The folder of an export of all accounts (XEP-0227 §4.1).</summary>
internal sealed class IncludedLayout(string folder, string domain)
{
    /// <summary>File systems take names of 255 bytes.</summary>
    private const int LongestName = 200;

    private const string Declaration = "<?xml version='1.0' encoding='UTF-8'?>\n";

    /// <summary>The file that includes all others.</summary>
    public string Main => Path.Combine(folder, "server-data.xml");

    /// <exception cref="Failure">There is something already, or it cannot be made.</exception>
    public void Create()
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw Failure.Now($"{Failure.Printable(folder)} is not empty: expected a new folder");
        }

        try
        {
            DataDirectory.CreatePrivate(Path.Combine(folder, HostName));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Failure.Now($"cannot make {Failure.Printable(folder)}: {Failure.Printable(refused.Message)}");
        }
    }

    public string FileOf(string address) => Path.Combine(folder, HostName, NameOf(address));

    /// <summary>Writes the two files that include the others; until then nobody takes the folder for whole.</summary>
    public async Task FinishAsync(IEnumerable<string> addresses)
    {
        var host = new StringBuilder(Declaration)
            .Append(CultureInfo.InvariantCulture, $"<host xmlns='{PortableFormat.Ns}' xmlns:xi='{PortableFormat.IncludeNs}' jid='{System.Security.SecurityElement.Escape(domain)}'>\n");
        foreach (var address in addresses)
        {
            host.Append(CultureInfo.InvariantCulture, $"  <xi:include href='{Uri.EscapeDataString(HostName)}/{Uri.EscapeDataString(NameOf(address))}'/>\n");
        }

        await WriteAsync(Path.Combine(folder, HostName + ".xml"), host.Append("</host>\n").ToString());
        await WriteAsync(Main, $"{Declaration}<server-data xmlns='{PortableFormat.Ns}' xmlns:xi='{PortableFormat.IncludeNs}'>\n"
            + $"  <xi:include href='{Uri.EscapeDataString(HostName + ".xml")}'/>\n</server-data>\n");
    }

    private string HostName => domain.Trim('[', ']').Replace(':', '-');

    // A long name is told by its digest; the file itself says whose it is.
    private static string NameOf(string address)
    {
        var localpart = address[..address.LastIndexOf('@')];
        return (Encoding.UTF8.GetByteCount(localpart) <= LongestName && localpart.IndexOfAny(['\\', '*', '?', '|']) < 0
            ? localpart : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(localpart)))) + ".xml";
    }

    private static Task<bool> WriteAsync(string path, string text) => Files.WriteAsync(path, async file =>
    {
        await file.WriteAsync(Encoding.UTF8.GetBytes(text));
        return true;
    });
}
