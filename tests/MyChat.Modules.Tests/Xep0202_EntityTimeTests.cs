using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public class EntityTimeTests
{
    [Fact]
    public async Task The_server_tells_what_time_it_is()
    {
        await using var play = await Play.With<EntityTimeModule>();
        var romeo = await play.Enter("romeo/orchard");
        play.Passes(TimeSpan.FromSeconds(75.5));
        await romeo.Asks("get", "verona.lit", "<time xmlns='urn:xmpp:time'/>",
            "<time xmlns='urn:xmpp:time'><tzo>+00:00</tzo><utc>2026-01-31T20:01:15Z</utc></time>");
        await play.NobodyReceivesMore();
    }
}
