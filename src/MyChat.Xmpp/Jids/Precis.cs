namespace MyChat.Xmpp.Jids;

/// <summary>The profiles of PRECIS (RFC 8264): which strings may be names and passwords, and which of them are the same.</summary>
public static class Precis
{
    /// <summary>User names compared without regard to case (RFC 8265 §3.3); a JID's localpart is one of these.</summary>
    public static PrecisProfile UsernameCaseMapped { get; } =
        new(PrecisRules.IdentifierClass | PrecisRules.MapWidth | PrecisRules.MapCase | PrecisRules.Bidi);

    /// <summary>User names whose case counts (RFC 8265 §3.4).</summary>
    public static PrecisProfile UsernameCasePreserved { get; } =
        new(PrecisRules.IdentifierClass | PrecisRules.MapWidth | PrecisRules.Bidi);

    /// <summary>Passwords, and a JID's resourcepart (RFC 8265 §4.2).</summary>
    public static PrecisProfile OpaqueString { get; } = new(PrecisRules.MapSpaces);

    /// <summary>Names for people to read, as they are shown (RFC 8266 §2.3). Needs NFKC, which .NET lacks in a browser: throws there
    /// <see cref="PlatformNotSupportedException"/> for text beyond ASCII.</summary>
    public static PrecisProfile Nickname { get; } =
        new(PrecisRules.MapSpaces | PrecisRules.TrimSpaces | PrecisRules.Compatibility);

    /// <summary>The form under which two nicknames are the same (RFC 8266 §2.4); never shown. In a browser as
    /// <see cref="Nickname"/>.</summary>
    public static PrecisProfile NicknameForComparison { get; } =
        new(PrecisRules.MapSpaces | PrecisRules.TrimSpaces | PrecisRules.MapCase | PrecisRules.Compatibility);
}
