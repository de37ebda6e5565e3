using MyChat.Ui.App;
using MyChat.Ui.Language;
using MyChat.Ui.Welcome;

namespace MyChat.Ui.Tests.Welcome;

public sealed class ServerChoiceTests
{
    private static readonly WelcomeWords English = Words.English.Welcome;

    [Theory]
    [InlineData("", null, null)]
    [InlineData("chat.verona.lit", "chat.verona.lit", null)]
    [InlineData("chat.verona.lit:5222", "chat.verona.lit", 5222)]
    [InlineData("127.0.0.1:15222", "127.0.0.1", 15222)]
    [InlineData("[::1]:5222", "::1", 5222)]
    [InlineData("::1", "::1", null)]
    public void Where_to_connect_on_the_desktop(string typed, string? host, int? port)
    {
        var choice = new ServerChoice(HostKind.Desktop) { Domain = "verona.lit", ConnectTo = typed };
        Assert.Equal(new ServerAddress("verona.lit") { Host = host, Port = port }, choice.Resolve("verona.lit", English));
    }

    [Theory]
    [InlineData("chat.verona.lit:99999")]
    [InlineData("chat verona")]
    [InlineData("user@host:5222")]
    [InlineData("host/path")]
    public void What_is_no_host_is_said_at_its_field(string typed)
    {
        var choice = new ServerChoice(HostKind.Desktop) { Domain = "verona.lit", ConnectTo = typed };
        Assert.Null(choice.Resolve("verona.lit", English));
        Assert.Equal(English.ConnectToInvalid, choice.ConnectToError);
    }

    [Fact]
    public void A_certificate_that_was_trusted_is_for_that_address_only()
    {
        var choice = new ServerChoice(HostKind.Desktop) { Domain = "verona.lit" };
        choice.Trust(new ServerAddress("verona.lit"), [1, 2, 3]);
        Assert.Equal([1, 2, 3], choice.Resolve("verona.lit", English)!.TrustedCertificate!);
        choice.ConnectTo = "10.0.0.1:5222";
        Assert.Null(choice.Resolve("verona.lit", English)!.TrustedCertificate);
    }

    [Fact]
    public void The_page_knows_its_server()
    {
        var choice = new ServerChoice(HostKind.Web);
        Assert.Null(choice.Resolve("verona.lit", English));
        choice.Learn(new ServerInfo(new ServerAddress("verona.lit"), false));
        Assert.Equal("verona.lit", choice.ShownDomain);
        Assert.True(choice.IsRegistrationClosed);
    }
}
