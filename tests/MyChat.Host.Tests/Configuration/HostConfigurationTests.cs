using System.Collections;
using System.Net;
using MyChat.Host.Configuration;
using MyChat.Server;
using MyChat.Xmpp.Xeps;

namespace MyChat.Host.Tests.Configuration;

public sealed class HostConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mychat-configuration-").FullName;
    private readonly Hashtable _environment = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_defaults_that_help_shows_are_the_defaults()
    {
        var shown = new MyChatOptions();
        foreach (var key in ConfigurationKeys.All)
        {
            Assert.Null(key.Apply(shown, key.Default));
        }

        var real = new MyChatOptions();
        Assert.Equivalent(real.Server, shown.Server, strict: true);
        Assert.Equal(real.Listeners, shown.Listeners);
        Assert.Equal(
            (real.DataDirectory, real.TlsCertificate, real.TlsKey, real.Storage.Provider, real.Storage.ConnectionString),
            (shown.DataDirectory, shown.TlsCertificate, shown.TlsKey, shown.Storage.Provider, shown.Storage.ConnectionString));
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_files()
    {
        File.WriteAllText(Path.Combine(_folder, "mychat.json"), """
            {
              // comments are allowed
              "Domain": "file.example",
              "Limits": { "RosterItems": 1, "SessionsPerAccount": 1, "ResumeSeconds": 1 },
            }
            """);
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.WriteAllText(Path.Combine(_folder, "data", "mychat.json"), """{ "Limits:ResumeSeconds": 9, "History": { "KeepDays": 7 } }""");
        _environment["MYCHAT__Domain"] = "environment.example";
        _environment["MYCHAT__Limits__RosterItems"] = "2";

        var options = Load("--domain=line.example");

        Assert.Equal("line.example", options.Server.Domain);
        Assert.Equal(2, options.Server.Limits.RosterItems);
        Assert.Equal(1, options.Server.Limits.SessionsPerAccount);
        Assert.Equal(1, options.Server.Limits.ResumeSeconds);
        Assert.Equal(7, options.Server.History.KeepDays);
    }

    [Fact]
    public void Values_are_taken_in_both_spellings_and_an_empty_one_turns_a_listener_off()
    {
        var options = Load("--C2s:Listen=[::]:1", "--C2s:Listen=", "--Web:Listen", "127.0.0.1:0", "--history:default=ROSTER", "--Contact:Abuse=mailto:a@b.example, xmpp:c@d.example");

        Assert.Null(options.C2sListen);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 0), options.WebListen);
        Assert.Equal(ArchiveDefault.Roster, options.Server.History.Default);
        Assert.Equal(["mailto:a@b.example", "xmpp:c@d.example"], options.Server.Contact.Abuse);
    }

    [Fact]
    public void A_path_in_a_file_is_relative_to_the_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.WriteAllText(Path.Combine(_folder, "data", "mychat.json"), """{ "Tls": { "Certificate": "c.pem", "Key": "k.pem" } }""");

        Assert.Equal(Path.Combine(_folder, "data", "c.pem"), Load().TlsCertificate);
    }

    [Fact]
    public void A_list_in_a_file_may_be_an_array()
    {
        File.WriteAllText(Path.Combine(_folder, "mychat.json"), """{ "Contact": { "Admin": ["mailto:a@b.example", "https://b.example/"] } }""");

        Assert.Equal(["mailto:a@b.example", "https://b.example/"], Load().Server.Contact.Admin);
    }

    [Theory]
    [InlineData("--Domain=a b", "Domain=a b (command line): expected a domain such as example.org")]
    [InlineData("--Domain=romeo@example.org", "Domain=romeo@example.org (command line): expected a domain such as example.org")]
    [InlineData("--Domain=", "Domain= (command line): expected a domain such as example.org")]
    [InlineData("--DataDirectory=", "DataDirectory= (command line): expected a folder")]
    [InlineData("--C2s:Listen=5222", "C2s:Listen=5222 (command line): expected ADDRESS:PORT such as [::]:5222 or 192.0.2.1:0, or nothing to turn the listener off")]
    [InlineData("--Web:Listen=::1:80", "Web:Listen=::1:80 (command line): expected ADDRESS:PORT such as 127.0.0.1:5280 or 192.0.2.1:0, or nothing to turn the listener off")]
    [InlineData("--Web:ListenTls=[::]:65536", "Web:ListenTls=[::]:65536 (command line): expected ADDRESS:PORT such as [::]:5443 or 192.0.2.1:0, or nothing to turn the listener off")]
    [InlineData("--C2s:AllowPlaintext=yes", "C2s:AllowPlaintext=yes (command line): expected true or false")]
    [InlineData("--Limits:RosterItems=-1", "Limits:RosterItems=-1 (command line): expected a whole number from 0 to 2147483647")]
    [InlineData("--Limits:RosterItems=many", "Limits:RosterItems=many (command line): expected a whole number from 0 to 2147483647")]
    [InlineData("--Limits:RosterItems=2147483648", "Limits:RosterItems=2147483648 (command line): expected a whole number from 0 to 2147483647")]
    [InlineData("--Limits:StanzaBytes=9999", "Limits:StanzaBytes=9999 (command line): expected 0 or a whole number from 10000 to 2147483647")]
    [InlineData("--Registration:Mode=invite", "Registration:Mode=invite (command line): invitations come in a later version; expected open, closed")]
    [InlineData("--Registration:Mode=1", "Registration:Mode=1 (command line): expected open, closed")]
    [InlineData("--History:Default=sometimes", "History:Default=sometimes (command line): expected always, never, roster")]
    [InlineData("--Storage:Provider=mysql", "Storage:ConnectionString=…: expected server, database, user and password, such as Server=127.0.0.1;Database=mychat;User ID=mychat;Password=…")]
    [InlineData("--Storage:Provider=postgres", "Storage:ConnectionString=…: expected host, database, user and password, such as Host=127.0.0.1;Database=mychat;Username=mychat;Password=…")]
    [InlineData("--Storage:Provider=oracle", "Storage:Provider=oracle (command line): expected sqlite, mysql, postgres")]
    [InlineData("--Storage:ReadConnections=many", "Storage:ReadConnections=many (command line): expected a whole number from 0 to 2147483647")]
    [InlineData("--Storage:ConnectionString=Password=x", "Storage:ConnectionString=…: expected nothing, for Storage:Provider=sqlite needs none")]
    [InlineData("--Contact:Abuse=admin", "Contact:Abuse=admin (command line): expected URIs separated by commas, such as mailto:admin@example.org,xmpp:admin@example.org")]
    [InlineData("--C2s:Lisen=[::]:1", "--C2s:Lisen (command line) is not a known key; did you mean --C2s:Listen?")]
    [InlineData("--ResumeSeconds=1", "--ResumeSeconds (command line) is not a known key; did you mean --Limits:ResumeSeconds?")]
    [InlineData("--Quux=1", "--Quux (command line) is not a known key; mychat help lists them")]
    [InlineData("--Domain", "--Domain (command line): expected a value, as in --Domain=value")]
    [InlineData("-x", "-x (command line) is not a known option; mychat help lists them")]
    [InlineData("--Tls:Key=/k.pem", "Tls:Key=/k.pem: expected together with Tls:Certificate")]
    public void A_mistake_is_one_line_that_names_key_value_and_what_is_expected(string argument, string line) =>
        Assert.Equal(line, Mistake(argument));

    [Fact]
    public void Mistakes_of_several_keys_together_are_named()
    {
        Assert.Equal(
            "C2s:Listen, C2s:ListenTls, Web:Listen and Web:ListenTls are all empty: expected an address in one of them",
            Mistake("--C2s:Listen=", "--C2s:ListenTls=", "--Web:Listen=", "--Web:ListenTls="));
        Assert.Equal("C2s:ListenTls=127.0.0.1:7: expected another address than C2s:Listen's", Mistake("--C2s:Listen=127.0.0.1:7", "--C2s:ListenTls=127.0.0.1:7"));
        _environment["MYCHAT__Domain"] = "a";
        _environment["mychat__domain"] = "b";
        Assert.Matches(@"^Domain is set twice \(environment \w+, environment \w+\): expected once$", Mistake());
    }

    [Fact]
    public void A_line_stays_one_line_whatever_the_value()
    {
        var line = Mistake("--Domain=a\nb\u001b[31m" + new string('x', 500));

        Assert.DoesNotContain(line, char.IsControl);
        Assert.True(line.Length < 300);
    }

    [Fact]
    public void A_mistake_in_the_environment_names_the_variable()
    {
        _environment["MYCHAT__Limits__RosterItems"] = "x";
        Assert.Equal("Limits:RosterItems=x (environment MYCHAT__Limits__RosterItems): expected a whole number from 0 to 2147483647", Mistake());

        _environment.Clear();
        _environment["MYCHAT__Limit__RosterItems"] = "1";
        Assert.Equal("Limit:RosterItems (environment MYCHAT__Limit__RosterItems) is not a known key; did you mean Limits:RosterItems?", Mistake());
    }

    [Fact]
    public void A_value_that_is_overridden_is_checked_all_the_same()
    {
        _environment["MYCHAT__Domain"] = "a b";

        Assert.StartsWith("Domain=a b (environment", Mistake("--Domain=example.org"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Domain": """, "line 1: is not JSON")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("""{ "Domain": "a", "Domain": "b" }""", "is not JSON")]
    [InlineData("""{ "Domian": "a" }""", "is not a known key; did you mean Domain?")]
    [InlineData("""{ "Limits": 5 }""", "is not a known key")]
    public void A_mistake_in_a_file_names_the_file(string json, string expected)
    {
        var file = Path.Combine(_folder, "mychat.json");
        File.WriteAllText(file, json);

        var line = Mistake();

        Assert.Contains(file, line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void A_file_in_the_data_directory_cannot_move_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.WriteAllText(Path.Combine(_folder, "data", "mychat.json"), """{ "DataDirectory": "elsewhere" }""");

        Assert.Contains("expected elsewhere, for this file is found by it", Mistake(), StringComparison.Ordinal);
    }

    private MyChatOptions Load(params string[] arguments) =>
        HostConfiguration.Load(Host.Commands.Arguments.Parse(arguments, _folder).Settings, _environment, _folder);

    private string Mistake(params string[] arguments)
    {
        var failure = Assert.Throws<Failure>(() => Load(arguments));
        Assert.Equal(2, failure.ExitCode);
        return failure.Message;
    }
}
