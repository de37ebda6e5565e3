using System.Xml.Linq;

namespace MyChat.Host.Tests;

/// <summary>References between the projects point one way, as docs/architecture.md draws them.</summary>
public sealed class ReferenceGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MyChat.Xmpp"] = [],
        ["MyChat.Client"] = ["MyChat.Xmpp"],
        ["MyChat.Server"] = ["MyChat.Xmpp"],
        ["MyChat.Modules"] = ["MyChat.Server"],
        ["MyChat.Storage"] = ["MyChat.Modules", "MyChat.Server"],
        ["MyChat.Ui"] = ["MyChat.Client"],
        ["MyChat.Web"] = ["MyChat.Ui"],
        ["MyChat.Desktop"] = ["MyChat.Ui"],
        ["MyChat.Host"] = ["MyChat.Modules", "MyChat.Server", "MyChat.Storage", "MyChat.Ui", "MyChat.Web"],
    };

    [Fact]
    public void Projects_refer_only_to_those_below_them()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), References);
        Assert.Equal(Allowed.Keys.Order(), found.Keys.Order());
        foreach (var (project, references) in found)
        {
            Assert.Equal(Allowed[project].Order(), references.Order());
        }
    }

    [Fact]
    public void The_vocabulary_depends_on_no_package_and_no_framework_but_the_base()
    {
        var project = XDocument.Load(Path.Combine(Root(), "src", "MyChat.Xmpp", "MyChat.Xmpp.csproj"));
        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "MyChat.slnx")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }
        return directory;
    }
}
