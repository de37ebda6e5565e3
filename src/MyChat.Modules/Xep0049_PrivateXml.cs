using System.Security.Cryptography;
using System.Text;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>XEP-0049: Private XML Storage: each client may keep what only this user reads.</summary>
[Xep(49, "1.2", Note = "One element at a time; to somebody else's address: service-unavailable, which also hides who has an account.")]
public sealed class PrivateXmlStorage : IXmppModule
{
    /// <summary>Of the documents, one for each element.</summary>
    public const string Kind = "private";

    /// <summary>Elements per account.</summary>
    public const int MostElements = 256;

    /// <summary>Bytes of XML per account.</summary>
    public const int MostBytes = 1_048_576;

    private static readonly StanzaError Full = new(
        StanzaErrorCondition.NotAllowed, $"An account keeps at most {MostElements} elements and {MostBytes} bytes here.");

    public void Configure(ModuleBuilder module) => module
        .Feature(PrivateXml.Ns)
        .OnIq(IqType.Get, IqTargets.Self, PrivateXml.Query, ReadAsync)
        .OnIq(IqType.Set, IqTargets.Self, PrivateXml.Query, WriteAsync);

    private static async ValueTask<IqReply> ReadAsync(IqRequest request, CancellationToken cancellation)
    {
        var asked = request.Payload.Elements.ToArray();
        if (asked.Length != 1)
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, "Ask for one element.");
        }
        if (!PrivateXml.MayHold(asked[0].Name))
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable);
        }
        var document = await request.Server.Stores.Documents.GetAsync(request.Account.Id, Kind, KeyOf(asked[0].Name), cancellation);
        return new Element(PrivateXml.Query, document is null ? new Element(asked[0].Name) : Element.Parse(document, defaultNs: ""));
    }

    private static async ValueTask<IqReply> WriteAsync(IqRequest request, CancellationToken cancellation)
    {
        var given = request.Payload.Elements.ToArray();
        if (given.Length != 1 || !PrivateXml.MayHold(given[0].Name))
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable, "Give one element with a namespace of its own.");
        }
        var (documents, account, key) = (request.Server.Stores.Documents, request.Account.Id, KeyOf(given[0].Name));
        if (PrivateXml.IsBlank(given[0]))
        {
            await documents.SetAsync(account, Kind, key, null, cancellation);
            return IqReply.Empty;
        }
        var content = Encoding.UTF8.GetBytes(given[0].ToString());
        var (count, bytes) = await documents.MeasureAsync(account, Kind, cancellation);
        var before = await documents.GetAsync(account, Kind, key, cancellation);
        if ((before is null && count >= MostElements) || bytes - (before?.Length ?? 0) + content.Length > MostBytes)
        {
            return Full;
        }
        await documents.SetAsync(account, Kind, key, content, cancellation);
        return IqReply.Empty;
    }

    /// <summary>The key of the document that holds the element of this name.</summary>
    // A digest, because databases differ in how long a name may be and which ones they take for the same.
    public static string KeyOf(XName name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToString())));
}
