using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>How the owner makes, configures and removes nodes (XEP-0060 §8); always in the owner's account.</summary>
internal sealed class NodeOwnership(INodeStore store)
{
    private static readonly StanzaError NoNode = PubSub.Error(StanzaErrorCondition.BadRequest, "nodeid-required");
    private static readonly StanzaError NotThere = new(StanzaErrorCondition.ItemNotFound);
    private static readonly StanzaError NoForm = new(StanzaErrorCondition.BadRequest, "Submit a form of the FORM_TYPE for nodes' configuration.");
    private static readonly StanzaError NoSuchValue = new(StanzaErrorCondition.NotAcceptable, "A field has a value that it cannot have.");

    public async ValueTask<IqReply> CreateAsync(IqRequest request, Element create, CancellationToken cancellation)
    {
        if (create["node"] is not { Length: > 0 } name)
        {
            return PubSub.Error(StanzaErrorCondition.NotAcceptable, "nodeid-required"); // §8.1.2: no instant nodes
        }
        var configuration = NodeConfiguration.Default;
        if (request.Payload.Child(PubSub.Configure)?.Child(DataForms.Form) is { } form)
        {
            if (!IsSubmitted(form))
            {
                return NoForm;
            }
            if (configuration.With(form, strict: false) is not { } wanted)
            {
                return NoSuchValue;
            }
            configuration = wanted;
        }
        var nodes = await AccountNodes.OfAsync(store, request.Account, cancellation);
        if (nodes.Find(name) is not null)
        {
            return new StanzaError(StanzaErrorCondition.Conflict);
        }
        if (Publishing.NoRoomFor(request.Server.Options.Limits, nodes, name) is { } excess)
        {
            return excess;
        }
        await nodes.ChangeAsync(name, async () =>
            await store.SaveAsync(request.Account.Id, new Node(0, name, configuration, 0), int.MaxValue, CancellationToken.None));
        return IqReply.Empty;
    }

    public async ValueTask<IqReply> ShowConfigurationAsync(IqRequest request, Element configure, CancellationToken cancellation)
    {
        if (configure["node"] is not { Length: > 0 } name)
        {
            return NoNode; // §8.2.3.3
        }
        return (await AccountNodes.OfAsync(store, request.Account, cancellation)).Find(name) is { } node
            ? new Element(PubSub.OwnerRoot, new Element(PubSub.OwnerConfigure, ("node", name), node.Configuration.ToForm()))
            : NotThere;
    }

    public static IqReply ShowDefault() =>
        new Element(PubSub.OwnerRoot, new Element(PubSub.OwnerDefault, NodeConfiguration.Default.ToForm())); // §8.3

    public async ValueTask<IqReply> ConfigureAsync(IqRequest request, Element configure, CancellationToken cancellation)
    {
        if (configure["node"] is not { Length: > 0 } name)
        {
            return NoNode;
        }
        var nodes = await AccountNodes.OfAsync(store, request.Account, cancellation);
        if (nodes.Find(name) is not { } node)
        {
            return NotThere;
        }
        if (configure.Child(DataForms.Form) is not { } form)
        {
            return NoForm;
        }
        if (form["type"] == "cancel")
        {
            return IqReply.Empty; // §8.2.4: as it was
        }
        if (!IsSubmitted(form))
        {
            return NoForm;
        }
        if (node.Configuration.With(form, strict: false) is not { } configuration)
        {
            return NoSuchValue; // §8.2.5.2
        }
        var keep = Publishing.Keep(request.Server, configuration);
        await nodes.ChangeAsync(name, async () =>
            await store.SaveAsync(request.Account.Id, node with { Configuration = configuration }, keep, CancellationToken.None));
        return IqReply.Empty;
    }

    public async ValueTask<IqReply> DeleteAsync(IqRequest request, Element delete, CancellationToken cancellation)
    {
        if (delete["node"] is not { Length: > 0 } name)
        {
            return NoNode;
        }
        var nodes = await AccountNodes.OfAsync(store, request.Account, cancellation);
        if (nodes.Find(name) is not { } node)
        {
            return NotThere;
        }
        await nodes.ChangeAsync(name, async () =>
        {
            await store.DeleteAsync(request.Account.Id, node, CancellationToken.None);
            return null;
        }, removes: true);
        if (node.Configuration.NotifyDelete)
        {
            NodeEvents.Tell(request.Server, request.Account, node, PubSub.MakeDeleteEvent(name));
        }
        return IqReply.Empty;
    }

    private static bool IsSubmitted(Element form) => form["type"] == "submit" && DataForms.FormType(form) == PubSub.NodeConfigNs;
}
