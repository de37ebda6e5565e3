using MyChat.Host.Control;

namespace MyChat.Host.Tests.Control;

public sealed class ControlSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mychat-socket-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_short_data_directory_holds_the_socket_itself()
    {
        var path = ControlSocket.Place(_folder, runtimeDirectory: null);

        Assert.Equal(Path.Combine(_folder, "mychat.sock"), path);
        Assert.Null(ControlSocket.Find(_folder));
        File.WriteAllText(path!, "");
        Assert.Equal(path, ControlSocket.Find(_folder));
    }

    [Fact]
    public void A_long_one_holds_a_link_to_a_socket_in_the_runtime_directory()
    {
        var data = LongFolder();
        var runtime = Directory.CreateDirectory(Path.Combine(_folder, "run")).FullName;
        var path = ControlSocket.Place(data, runtime);

        Assert.Equal(runtime, Path.GetDirectoryName(path));
        File.WriteAllText(path!, "");
        Assert.Equal(path, ControlSocket.Find(data));
        ControlSocket.Remove(data, path!);
        Assert.Empty(Directory.GetFileSystemEntries(data));
        Assert.Empty(Directory.GetFileSystemEntries(runtime));
    }

    [Fact]
    public void Without_a_runtime_directory_there_is_none()
    {
        var data = LongFolder();

        Assert.Null(ControlSocket.Place(data, runtimeDirectory: null));
        Assert.Null(ControlSocket.Place(data, runtimeDirectory: Path.Combine(_folder, "missing")));
        Assert.Null(ControlSocket.Place(data, runtimeDirectory: data));
        Assert.Null(ControlSocket.Find(data));
    }

    [Fact]
    public void Whoever_takes_the_lock_first_has_it_until_it_is_given_back()
    {
        using (var first = DataDirectory.TryOpen(_folder))
        {
            Assert.NotNull(first);
            Assert.Null(DataDirectory.TryOpen(_folder));
        }

        using var second = DataDirectory.TryOpen(_folder);
        Assert.NotNull(second);
    }

    private string LongFolder() => Directory.CreateDirectory(Path.Combine(_folder, new string('d', 120))).FullName;
}
