using System.Security;
using System.Text;
using MyChat.Xmpp.Jids;

namespace MyChat.Fuzz;

/// <summary>Addresses and PRECIS strings: whatever the bytes, nothing throws, and what is accepted is stable.</summary>
public static class JidTarget
{
    private static readonly PrecisProfile[] Profiles =
        [Precis.UsernameCaseMapped, Precis.UsernameCasePreserved, Precis.OpaqueString, Precis.Nickname, Precis.NicknameForComparison];

    public static string Name => "jid";

    public static IEnumerable<byte[]> Seeds { get; } = new[]
    {
        "juliet@example.com/foo@bar", "a.example.com/b@example.net", "foo\\20bar@example.com", "fu\u00DFball@example.com/ x",
        "小明@例子。中国/手机", "ＴＥＳＴ@xn--fsqu00a.xn--fiqs8s", "ΣΟΦΌΣ@faß.de/Ⅳ", "محمد@مثال.إختبار/\u0661", "אב@a1.אב/😀",
        "a@[2001:db8::1]/&<>'\"", "a@127.0.0.1", "l·l@ク・ク.jp", "क\u094D\u200Dष@نامه\u200Cای.com", "İ\u0323@b/e\u0301\u00A8\u3000",
    }.Select(Encoding.UTF8.GetBytes).ToArray();

    /// <summary>Reads the input as UTF-8 and as UTF-16 (which may hold lone surrogates).</summary>
    /// <exception cref="InvalidOperationException">An oracle was violated.</exception>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        string? text = null;
        try
        {
            text = utf8.GetString(input);
        }
        catch (DecoderFallbackException)
        {
            Require(!Jid.TryParseUtf8(input, out _), "malformed UTF-8 was accepted");
        }

        if (text is not null)
        {
            CheckAddress(text);
            var parsed = Jid.TryParse(text, out var jid);
            Require(parsed == Jid.TryParseUtf8(input, out var fromUtf8) && jid == fromUtf8, "the UTF-8 path differs");
            CheckProfiles(text);
        }

        var utf16 = new char[input.Length / 2];
        for (var i = 0; i < utf16.Length; i++)
        {
            utf16[i] = (char)(input[2 * i] | (input[(2 * i) + 1] << 8));
        }

        CheckAddress(new string(utf16));
        CheckProfiles(new string(utf16));
    }

    private static void CheckAddress(string text)
    {
        if (!Jid.TryParse(text, out var jid))
        {
            Require(!BareJid.TryParse(text, out _) && !FullJid.TryParse(text, out _), "the kinds of JID disagree");
            return;
        }

        var printed = jid.ToString();
        Require(Jid.TryParse(printed, out var again), "the printed address does not parse");
        Require(again!.ToString() == printed, "parsing and printing is not stable");
        Require(again == jid && again.GetHashCode() == jid.GetHashCode(), "the same text makes two addresses");
        Require(BareJid.TryParse(text, out var bare) ? bare == jid : FullJid.TryParse(text, out var full) && full == jid, "kinds disagree");
        Require(BareJid.TryCreate(jid.Localpart, jid.Domainpart, out var made) && made == jid.Bare, "the parts do not give the address");
        Require(jid.Resourcepart is null || (jid.Bare.TryWithResource(jid.Resourcepart, out var whole) && whole == jid), "nor here");
        foreach (var part in (string?[])[jid.Localpart, jid.Domainpart, jid.Resourcepart])
        {
            Require(part is null || Encoding.UTF8.GetByteCount(part) is > 0 and <= 1023, "a part has a wrong length");
        }

        Require(Encoding.UTF8.GetString(jid.AttributeUtf8.Span) == SecurityElement.Escape(printed), "the attribute is wrong");
    }

    private static void CheckProfiles(string text)
    {
        foreach (var profile in Profiles)
        {
            if (profile.TryEnforce(text, out var once))
            {
                Require(once.Length > 0 && profile.TryEnforce(once, out var twice) && once == twice, "enforcing twice changes the string");
            }
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
