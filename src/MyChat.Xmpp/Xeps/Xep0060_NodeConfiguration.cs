using System.Globalization;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>Who may read a node (XEP-0060 §4.5); the owner always may.</summary>
public enum NodeAccess
{
    /// <summary>Those who may see the owner's presence.</summary>
    Presence = 0,
    Open = 1,
    /// <summary>The owner alone: there is no list to be on.</summary>
    Whitelist = 2,
}

/// <summary>When somebody who just came is told the last item, though nothing is published (XEP-0060 §6.1.7).</summary>
public enum SendLastItem { OnSubAndPresence = 0, OnSub = 1, Never = 2 }

/// <summary>How a node is configured (XEP-0060 §8.2), with the defaults of XEP-0163 §5.</summary>
public sealed record NodeConfiguration
{
    public static NodeConfiguration Default { get; } = new();

    public NodeAccess Access { get; init; } = NodeAccess.Presence;
    public bool PersistItems { get; init; } = true;

    /// <summary>How many items are kept, the newest; null is "max": as many as the server allows.</summary>
    public int? MaxItems { get; init; } = 1;

    public SendLastItem SendLast { get; init; } = SendLastItem.OnSubAndPresence;
    public bool NotifyRetract { get; init; } = true;
    public bool NotifyDelete { get; init; } = true;

    // What can be set, and after it what only ever has one value, so that clients may name it as a condition.
    private static readonly Field[] Fields =
    [
        new("access_model", "list-single", "Who may read", ["presence", "open", "whitelist"],
            node => Word(node.Access), (node, value) => node with { Access = Enum.Parse<NodeAccess>(value, ignoreCase: true) }),
        Flag("persist_items", "Keep items", node => node.PersistItems, (node, value) => node with { PersistItems = value }),
        new("max_items", "text-single", "How many items are kept; max: as many as the server allows", null,
            node => node.MaxItems?.ToString(CultureInfo.InvariantCulture) ?? "max", SetMaxItems),
        new("send_last_published_item", "list-single", "Who is told the last item without a new one", ["never", "on_sub", "on_sub_and_presence"],
            node => Word(node.SendLast), (node, value) => node with { SendLast = ParseSendLast(value) }),
        Flag("notify_retract", "Tell of items that are removed", node => node.NotifyRetract, (node, value) => node with { NotifyRetract = value }),
        Flag("notify_delete", "Tell when the node is removed", node => node.NotifyDelete, (node, value) => node with { NotifyDelete = value }),
        Fixed("publish_model", "publishers"),
        Fixed("notification_type", "headline"),
        Flag("deliver_notifications", "", _ => true, (node, value) => value ? node : null),
        Flag("deliver_payloads", "", _ => true, (node, value) => value ? node : null),
        Flag("notify_config", "", _ => false, (node, value) => value ? null : node),
    ];

    /// <summary>The form in which a client reads the configuration and may change it (§8.2.2).</summary>
    public Element ToForm() => DataForms.Make("form", PubSub.NodeConfigNs, null, Fields.Where(field => field.Label.Length > 0).Select(MakeField));

    /// <summary>The configuration as a form that sets it (§8.2.4): only names and values.</summary>
    public Element ToSubmittedForm() => DataForms.Make("submit", PubSub.NodeConfigNs, null,
        Fields.Where(field => field.Label.Length > 0).Select(field => DataForms.MakeField(field.Var, null, null, field.Get(this))));

    /// <summary>
    /// This configuration with what a submitted form says; null when a value is none that the field can have, and, with
    /// <paramref name="strict"/>, when there is a field that is not known.
    /// </summary>
    public NodeConfiguration? With(Element form, bool strict)
    {
        var result = this;
        foreach (var given in form.Children(DataForms.Field).Where(given => given["var"] != DataForms.FormTypeVar))
        {
            if (Array.Find(Fields, field => field.Var == given["var"]) is not { } known)
            {
                if (strict)
                {
                    return null;
                }
                continue;
            }
            if (given.Children(DataForms.Value).Select(value => value.Text).ToArray() is not [var value]
                || (known.Choices is not null && !known.Choices.Contains(value))
                || known.Set(result, value) is not { } changed)
            {
                return null;
            }
            result = changed;
        }
        return result;
    }

    /// <summary>Whether the conditions of a publication hold here (§7.1.5): each names a field that is known, with the value that it has.</summary>
    public bool Meets(Element conditions) => With(conditions, strict: true) == this;

    private Element MakeField(Field field)
    {
        var made = DataForms.MakeField(field.Var, field.Type, field.Label, field.Get(this));
        return made.With(field.Type == "list-single"
            ? field.Choices!.Select(choice => new Element(DataForms.Option, new Element(DataForms.Value, choice))).ToArray()
            : null);
    }

    private static NodeConfiguration? SetMaxItems(NodeConfiguration node, string value) => value switch
    {
        "max" => node with { MaxItems = null },
        _ when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => node with { MaxItems = number },
        _ => null,
    };

    private static string Word(NodeAccess access) => access switch
    {
        NodeAccess.Open => "open",
        NodeAccess.Whitelist => "whitelist",
        _ => "presence",
    };

    private static string Word(SendLastItem when) => when switch
    {
        SendLastItem.Never => "never",
        SendLastItem.OnSub => "on_sub",
        _ => "on_sub_and_presence",
    };

    private static SendLastItem ParseSendLast(string value) => value switch
    {
        "never" => SendLastItem.Never,
        "on_sub" => SendLastItem.OnSub,
        _ => SendLastItem.OnSubAndPresence,
    };

    private static Field Flag(
        string name, string label, Func<NodeConfiguration, bool> get, Func<NodeConfiguration, bool, NodeConfiguration?> set) => new(
        name, "boolean", label, ["true", "false", "1", "0"], node => get(node) ? "true" : "false", (node, value) => set(node, value is "true" or "1"));

    private static Field Fixed(string name, string value) => new(name, "text-single", "", [value], _ => value, (node, _) => node);

    /// <param name="Label">Empty for what a form does not show.</param>
    private sealed record Field(
        string Name, string Type, string Label, string[]? Choices, Func<NodeConfiguration, string> Get, Func<NodeConfiguration, string, NodeConfiguration?> Set)
    {
        public string Var { get; } = "pubsub#" + Name;
    }
}
