using MyChat.Client.Connections;
using MyChat.Client.Roster;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Sessions;

/// <summary>The account's connected resources, and what software they are (XEP-0092); asked once each.</summary>
internal sealed class Devices(ClientContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Dictionary<FullJid, string?> _software = [];

    public async Task<IReadOnlyList<Device>> GetAsync(CancellationToken cancellationToken)
    {
        Resource[] resources;
        FullJid[] unknown;
        using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            resources = WithThis(context.Contacts.Resources(context.Account));
            unknown = [.. resources.Select(resource => resource.Jid).Where(jid => !_software.ContainsKey(jid) && !jid.Equals(context.Jid))];
        }
        var answers = await Task.WhenAll(unknown.Select(jid => AskAsync(jid, cancellationToken))).ConfigureAwait(false);
        using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var (jid, software) in unknown.Zip(answers))
            {
                _software[jid] = software;
            }
            return [.. resources.Select(Make).OrderByDescending(device => device.IsThis).ThenBy(device => device.Jid.Resourcepart, StringComparer.Ordinal)];
        }
    }

    /// <summary>Inside a turn.</summary>
    public void Clear() => _software.Clear();

    /// <summary>This device is there from the moment it is connected, and not only when the server has said so.</summary>
    private Resource[] WithThis(IReadOnlyCollection<Resource> told) =>
        context.IsConnected && context.Jid is { } own && !told.Any(resource => resource.Jid.Equals(own))
            ? [.. told, new Resource(own, context.Self.Availability, Priority: 0, Status: null)]
            : [.. told];

    private Device Make(Resource resource)
    {
        var isThis = resource.Jid.Equals(context.Jid);
        var software = isThis ? $"{context.Options.ClientName} {ClientInfo.ProgramVersion}" : _software.GetValueOrDefault(resource.Jid);
        return new Device(resource.Jid, software, resource.Availability, isThis);
    }

    private async Task<string?> AskAsync(FullJid jid, CancellationToken cancellationToken)
    {
        try
        {
            var request = new Iq { Type = IqType.Get, To = jid, Payload = new Payload(new Element(SoftwareVersion.Query)) };
            var answer = await context.RequestAsync(request, cancellationToken).WaitAsync(Patience, context.Options.Time, cancellationToken).ConfigureAwait(false);
            var query = answer.Payload.Child(SoftwareVersion.Query);
            return Profiles.CleanText.Name($"{query?.Child(SoftwareVersion.Name)?.Text} {query?.Child(SoftwareVersion.Version)?.Text}");
        }
        catch (XmppException)
        {
            return null;
        }
    }
}
