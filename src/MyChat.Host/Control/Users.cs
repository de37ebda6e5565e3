using System.Diagnostics.CodeAnalysis;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Host.Control;

/// <summary>The accounts of this process.</summary>
internal sealed class Users(AccountRegistry registry, ServerOptions options) : IUsers
{
    private const string BadPassword = "this password cannot be used: expected at least one character, and no control characters (RFC 8265 §4.2)";

    public async Task<UserAnswer> AddAsync(string name, string password, CancellationToken cancellation)
    {
        if (!TryName(name, options.Domain, out var jid, out var refusal))
        {
            return refusal;
        }

        return await registry.RegisterAsync(jid.Localpart!, password, cancellation) switch // a name made it: it has a localpart
        {
            RegistrationOutcome.Created => new(true, $"{jid} was created."),
            RegistrationOutcome.NameTaken => new(false, $"{jid} exists already"),
            RegistrationOutcome.BadPassword => new(false, BadPassword),
            _ => new(false, BadName(name)),
        };
    }

    public async Task<UserAnswer> SetPasswordAsync(string name, string password, CancellationToken cancellation)
    {
        if (!TryName(name, options.Domain, out var jid, out var refusal))
        {
            return refusal;
        }

        if (!SaslPassword.TryPrepare(password, out _))
        {
            return new(false, BadPassword);
        }

        return await registry.SetPasswordAsync(jid.Localpart!, password, cancellation)
            ? new(true, $"The password of {jid} was changed.") : new(false, $"{jid} does not exist");
    }

    public async Task<UserAnswer> DeleteAsync(string name, CancellationToken cancellation)
    {
        if (!TryName(name, options.Domain, out var jid, out var refusal))
        {
            return refusal;
        }

        return await registry.DeleteAsync(jid.Localpart!, cancellation)
            ? new(true, $"{jid} was deleted.") : new(false, $"{jid} does not exist");
    }

    public IAsyncEnumerable<UserLine> ListAsync(CancellationToken cancellation) =>
        registry.ListAsync(cancellation).Select(account => new UserLine($"{account.Localpart}@{options.Domain}", account.Created));

    /// <summary>Takes romeo, and also romeo@this.domain, for people paste addresses.</summary>
    public static bool TryName(string name, string domain, [NotNullWhen(true)] out BareJid? jid, [NotNullWhen(false)] out UserAnswer? refusal)
    {
        var at = name.LastIndexOf('@');
        if (at >= 0 && BareJid.TryParse(name, out var whole) && whole.Domainpart != domain)
        {
            (jid, refusal) = (null, new(false, $"{whole} is not an address of this server, whose domain is {domain}"));
            return false;
        }

        refusal = BareJid.TryCreate(at < 0 ? name : name[..at], domain, out jid) && jid.Localpart is not null
            ? null : new(false, BadName(name));
        return refusal is null;
    }

    private static string BadName(string name) =>
        $"{Failure.Printable(name)} cannot be a name: expected letters, digits and signs other than \" & ' / : < > @ and space (RFC 7622 §3.3)";
}
