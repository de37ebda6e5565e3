using System.Net;
using System.Net.Sockets;
using System.Text;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Commands;

public sealed class ServeTests : IDisposable
{
    private static readonly UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Mychat _mychat = new();

    public void Dispose() => _mychat.Dispose();

    [Fact]
    public async Task It_says_what_listens_where_and_what_to_mend_and_stops_cleanly()
    {
        await using var server = await ServerProcess.StartAsync(["--C2s:AllowPlaintext=true", "--Web:ListenTls=[::]:0"]);
        var text = server.Output;

        Assert.Matches(@"^MyChat \S+ serves verona\.lit\n", text);
        Assert.Contains($"  clients    127.0.0.1:{server.StartTlsPort} (STARTTLS), 127.0.0.1:{server.TlsPort} (TLS)\n", text, StringComparison.Ordinal);
        Assert.Matches(@"\n  web        http://127\.0\.0\.1:\d+/, https://localhost:[1-9]\d*/\n", text);
        Assert.Matches(@"\n  database   SQLite \S+, \S+mychat\.db\n", text);
        Assert.Contains("The certificate is self-signed", text, StringComparison.Ordinal);
        Assert.Contains("C2s:AllowPlaintext", text, StringComparison.Ordinal);
        Assert.Contains("Registration:Mode=closed", text, StringComparison.Ordinal);
        Assert.EndsWith("Ready. Ctrl+C stops.\n", text, StringComparison.Ordinal);

        Assert.Equal(0, await server.StopAsync());
        var rest = server.Output[text.Length..];
        Assert.Matches(@"^\S+ \S+ info  XmppServer: stopping: ending 0 streams\nStopped\.\n", rest);
        Assert.False(File.Exists(Path.Combine(server.DataDirectory, "data", "mychat.sock")));
    }

    [Fact]
    public async Task On_the_loopback_address_open_registration_is_nothing_to_mend()
    {
        await using var server = await ServerProcess.StartAsync();

        Assert.DoesNotContain("Registration:Mode", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AllowPlaintext", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_keeps_is_for_its_user_alone()
    {
        await using var server = await ServerProcess.StartAsync();
        var data = Path.Combine(server.DataDirectory, "data");

        Assert.Equal(OwnerReadsAndWrites | UnixFileMode.UserExecute, Mychat.Mode(data));
        Assert.All(Directory.GetFiles(data), file => Assert.Equal(OwnerReadsAndWrites, Mychat.Mode(file)));
        Assert.Contains(Path.Combine(data, "mychat.sock"), Directory.GetFiles(data));
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_ends_at_once_with_one_line()
    {
        await using var server = await ServerProcess.StartAsync();
        var data = Path.Combine(server.DataDirectory, "data");

        var second = await _mychat.RunAsync($"--DataDirectory={data}", "--C2s:Listen=127.0.0.1:0", "--C2s:ListenTls=", "--Web:Listen=", "--Web:ListenTls=");

        Assert.Equal(new Run(1, "", $"mychat: DataDirectory={data}: in use by another mychat (process {server.Id}); expected a folder of its own\n"), second);
    }

    [Fact]
    public async Task A_killed_server_leaves_nothing_that_keeps_the_next_from_starting()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.KillAsync();
        var list = await _mychat.RunAsync("user", "list", $"--DataDirectory={Path.Combine(server.DataDirectory, "data")}");
        await server.StartAgainAsync();

        Assert.Equal(new Run(0, "Address  Created\n", ""), list);
        Assert.Equal(0, await server.StopAsync());
    }

    [Theory]
    [InlineData("C2s:Listen")]
    [InlineData("Web:ListenTls")]
    public async Task A_taken_port_is_one_line_that_names_its_key(string key)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string[] off = ["C2s:Listen", "C2s:ListenTls", "Web:Listen", "Web:ListenTls"];

        var run = await _mychat.RunAsync([$"--{key}={taken.LocalEndpoint}", .. off.Where(other => other != key).Select(other => $"--{other}=")]);

        Assert.Equal(new Run(1, "", $"mychat: {key}={taken.LocalEndpoint}: the address is in use by another program\n"), run);
    }

    [Fact]
    public async Task No_path_of_the_web_listeners_leads_to_the_commands()
    {
        await using var server = await ServerProcess.StartAsync();
        using var web = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.WebPort}") };

        foreach (var path in new[] { "/status", "/user/list", "/user/add", "/./user/list", "/%75ser/list", "/xmpp-websocket/../user/list" })
        {
            using var get = await web.GetAsync(path);
            using var post = await web.PostAsync(path, new StringContent("""{"name":"mallory","password":"x"}""", Encoding.UTF8, "application/json"));
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (get.StatusCode, post.StatusCode));
        }

        // The commands' own name in the Host header, as a proxy might pass it, changes nothing either.
        using var named = new HttpRequestMessage(HttpMethod.Get, "/status") { Headers = { Host = "mychat" } };
        using var answer = await web.SendAsync(named);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
