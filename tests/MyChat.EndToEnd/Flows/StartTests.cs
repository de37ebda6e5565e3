using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Flows;

/// <summary>The programs as they are published start in a real browser.</summary>
public sealed class StartTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task The_program_starts(HostKind host)
    {
        var romeo = await ArriveAsync(host, "romeo");
        await romeo.Welcome.IsOpenAsync();
        await Assertions.Expect(romeo.Page).ToHaveTitleAsync("MyChat");
    }
}
