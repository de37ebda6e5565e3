namespace MyChat.Xmpp.Xml;

/// <summary>An expanded name: namespace and local name (Namespaces in XML §2.1).</summary>
public readonly record struct XName(string Ns, string Local)
{
    public override string ToString() => $"{{{Ns}}}{Local}";
}
