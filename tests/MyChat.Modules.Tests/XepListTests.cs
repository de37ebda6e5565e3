using Microsoft.Extensions.DependencyInjection;
using MyChat.Host;
using MyChat.Server.Modules;
using MyChat.Testing.Servers;

namespace MyChat.Modules.Tests;

public class XepListTests
{
    [Fact]
    public async Task The_list_of_extensions_in_the_documentation_is_current()
    {
        await using var server = await TestServer.StartAsync(PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create });
        var list = XepList.Write(server.Services.GetRequiredService<ModuleTable>());
        var file = Path.Combine(Root(), "docs", "xeps.md");
        if (Environment.GetEnvironmentVariable("MYCHAT_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, list, TestContext.Current.CancellationToken);
        }
        Assert.Equal(list, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Every_module_there_is_is_loaded()
    {
        await using var server = await TestServer.StartAsync(PlayTransport.Memory);
        var loaded = ServerModules.Create(server.Services).Select(module => module.GetType().Name).Order();
        var written = typeof(PingModule).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IXmppModule)) && !type.IsAbstract)
            .Select(type => type.Name)
            .Order();
        Assert.Equal(written, loaded);
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "MyChat.slnx")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }
        return directory.FullName;
    }
}
