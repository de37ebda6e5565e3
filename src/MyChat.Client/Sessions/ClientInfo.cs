using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Sessions;

/// <summary>What this client is and can do (XEP-0030), as the user wants it; others keep it by its hash (XEP-0115).</summary>
internal sealed class ClientInfo
{
    private const string Software = "urn:mychat:client";
    private const string ReceiptsNs = "urn:xmpp:receipts"; // XEP-0184
    private const string MarkersNs = "urn:xmpp:chat-markers:0"; // XEP-0333
    private const string FormatNs = "urn:mychat:format:0";

    public ClientInfo(string name, Preferences preferences)
    {
        Info = Disco.MakeInfo(
            [new DiscoIdentity("client", OperatingSystem.IsBrowser() ? "web" : "pc", name)],
            [
                Disco.InfoNs, EntityCapabilities.Ns, EntityTime.Ns, Ping.Ns, SoftwareVersion.Ns, VcardAvatars.Ns, FormatNs, DisplayedSynchronization.Ns + PubSub.Notify,
                .. Wanted(preferences.SendReceipts, ReceiptsNs),
                .. Wanted(preferences.SendReadMarkers, MarkersNs),
                .. Wanted(preferences.SendTyping, ChatStates.Ns),
            ]);
        Version = EntityCapabilities.Verify(Info) ?? throw new InvalidOperationException("A feature is named twice.");
    }

    public static string ProgramVersion { get; } = typeof(ClientInfo).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>The answer to disco#info.</summary>
    public Element Info { get; }

    /// <summary>XEP-0115 §5.</summary>
    public string Version { get; }

    public string Node => $"{Software}#{Version}";

    public Element Capabilities => EntityCapabilities.MakeC(Software, Version);

    private static string[] Wanted(bool wanted, string feature) => wanted ? [feature] : [];
}
