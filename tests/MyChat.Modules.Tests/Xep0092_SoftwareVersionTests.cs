using System.Reflection;
using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public class SoftwareVersionTests
{
    [Fact]
    public async Task The_server_tells_its_name_and_version_and_not_its_operating_system()
    {
        await using var play = await Play.With<SoftwareVersionModule>();
        var romeo = await play.Enter("romeo/orchard");
        var version = typeof(SoftwareVersionModule).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Matches(@"^\d+\.\d+\.\d+", version);
        await romeo.Asks("get", "verona.lit", "<query xmlns='jabber:iq:version'/>",
            $"<query xmlns='jabber:iq:version'><name>MyChat</name><version>{version}</version></query>");
        await play.NobodyReceivesMore();
    }
}
