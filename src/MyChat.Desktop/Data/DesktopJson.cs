using System.Text.Json.Serialization;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;

namespace MyChat.Desktop.Data;

/// <summary>A <see cref="RememberedAccount"/> as it is written.</summary>
internal sealed record AccountRecord(string Account, ServerAddress Server, IReadOnlyList<SaltedKey> Keys)
{
    public static AccountRecord From(RememberedAccount account) => new(account.Account.ToString(), account.Server, account.Keys);

    public RememberedAccount? ToAccount() =>
        BareJid.TryParse(Account, out var account) ? new RememberedAccount(account, Server, Keys) : null;
}

/// <summary>How records are written to the disk.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeviceSettings))]
[JsonSerializable(typeof(AccountRecord))]
[JsonSerializable(typeof(MessageFormat))]
internal sealed partial class DesktopJson : JsonSerializerContext;
