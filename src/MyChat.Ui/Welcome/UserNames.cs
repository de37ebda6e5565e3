using System.Text;
using MyChat.Ui.Language;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Welcome;

/// <summary>What may be a user name (RFC 7622 §3.3), said in words.</summary>
public static class UserNames
{
    private const string Forbidden = "\"&'/:<>@";
    private const int MaxBytes = 1023;

    /// <summary>For a new account: the name alone. The address, or what is wrong with the name.</summary>
    public static (BareJid? Jid, string? Error) New(string typed, string domain, WelcomeWords words)
    {
        typed = typed.Trim();
        var at = typed.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0)
        {
            return Check(typed, domain, words);
        }
        var name = Check(typed[..at], domain, words);
        return name.Jid is null ? name : (null, words.UserNameIsAddress(typed[..at]));
    }

    /// <summary>For an account that is there: the name, or its whole address.</summary>
    /// <param name="domain">The server's domain; null when the address decides.</param>
    public static (BareJid? Jid, string? Error) Existing(string typed, string? domain, WelcomeWords words)
    {
        typed = typed.Trim();
        var at = typed.LastIndexOf('@');
        if (at <= 0)
        {
            return domain is null ? (null, typed.Length == 0 ? words.UserNameEmpty : words.DomainInvalid) : Check(typed, domain, words);
        }

        var named = typed[(at + 1)..];
        if (!BareJid.TryCreate(null, named, out var ofName))
        {
            return (null, words.DomainInvalid);
        }

        return domain is not null && BareJid.TryCreate(null, domain, out var ofServer) && ofServer != ofName
            ? (null, words.UserNameOfOtherServer(domain))
            : Check(typed[..at], ofName.Domainpart, words);
    }

    private static (BareJid? Jid, string? Error) Check(string name, string domain, WelcomeWords words)
    {
        if (name.Length == 0)
        {
            return (null, words.UserNameEmpty);
        }

        if (name.Any(char.IsWhiteSpace))
        {
            return (null, words.UserNameHasSpace);
        }

        if (name.FirstOrDefault(character => Forbidden.Contains(character, StringComparison.Ordinal)) is not '\0' and var forbidden)
        {
            return (null, words.UserNameHas(forbidden.ToString()));
        }

        if (BareJid.TryCreate(name, domain, out var jid))
        {
            return (jid, null);
        }

        return (null, Encoding.UTF8.GetByteCount(name) > MaxBytes ? words.UserNameTooLong : words.UserNameInvalid);
    }
}
