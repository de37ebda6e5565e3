namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0431: Full Text Search in MAM: the feature, and the field of the archive's form.</summary>
public static class FullTextSearch
{
    public const string Ns = "urn:xmpp:fulltext:0";
    public const string Field = "{urn:xmpp:fulltext:0}fulltext";
}
