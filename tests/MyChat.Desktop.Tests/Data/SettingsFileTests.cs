using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Desktop.Data;
using MyChat.Ui.App;

namespace MyChat.Desktop.Tests.Data;

public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["settings.json"];

    [Fact]
    public void What_was_saved_is_there_after_a_restart()
    {
        var settings = new DeviceSettings("zh-Hans", Theme.Dark, 120, false, false, false, true, true, "romeo", new ServerAddress("verona.lit")).WithEmoji("🌹");
        Open().Save(settings);

        var again = Open().Load();
        Assert.Equal(["🌹"], again.RecentEmoji);
        Assert.Equal(settings, again with { RecentEmoji = settings.RecentEmoji });
    }

    [Fact]
    public void What_an_older_version_did_not_know_is_as_if_it_was_never_set()
    {
        System.IO.File.WriteAllText(File, """{ "StayConnected": true, "SomethingNewer": 1 }""");

        Assert.Equal(new DeviceSettings { StayConnected = true }, Open().Load());
    }

    [Theory]
    [InlineData(0, 80)]
    [InlineData(100_000, 200)]
    public void A_text_size_that_nobody_can_read_is_not_taken(int written, int read)
    {
        System.IO.File.WriteAllText(File, $$"""{ "TextSize": {{written}} }""");

        Assert.Equal(read, Open().Load().TextSize);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{ "Theme": "Pink" }""")]
    [InlineData("""{ "TextSize": null }""")]
    public void A_file_that_cannot_be_read_is_set_aside(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Assert.Equal(new DeviceSettings(), Open().Load());
        Assert.Equal(content, System.IO.File.ReadAllText(File + ".damaged"));
    }

    [Fact]
    public void What_cannot_be_saved_holds_nevertheless()
    {
        Directory.CreateDirectory(File);
        var file = Open();

        Assert.Throws<StoreException>(() => file.Save(new DeviceSettings { StayConnected = true }));
        Assert.True(file.Current.StayConnected);
    }

    public void Dispose() => _folder.Dispose();

    private SettingsFile Open() => new(File, NullLogger<SettingsFile>.Instance);
}
