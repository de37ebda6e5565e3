using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace MyChat.Desktop.Tests.Loopback;

/// <summary>What other programs of this machine, and other pages in the browser, may try on the port of the window.</summary>
public sealed class GateTests(RunningDesktop desktop) : IClassFixture<RunningDesktop>
{
    private const string Negotiate = "/_blazor/negotiate?negotiateVersion=1";

    private string Host => "Host: " + desktop.Address.Authority;
    private string Origin => "Origin: http://" + desktop.Address.Authority;

    [Fact]
    public async Task The_one_time_address_gives_a_cookie_once_and_the_cookie_opens_the_page()
    {
        var address = desktop.Address;
        var entered = await GetAsync(address.PathAndQuery);

        Assert.Equal((303, "/"), (entered.Status, entered["Location"]));
        Assert.Matches("^mychat=[0-9a-f]{64}; path=/; samesite=strict; httponly$", entered["Set-Cookie"]);
        var page = await GetAsync("/", Cookie(entered));
        Assert.Equal(200, page.Status);
        Assert.Contains("_framework/blazor.web.js", page.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await GetAsync(address.PathAndQuery)).Status);
        Assert.NotEqual(address, desktop.Address);
        Assert.Equal(303, (await GetAsync(desktop.Address.PathAndQuery)).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/chat/romeo@verona.lit")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/MyChat.Ui/css/mychat.css")]
    [InlineData("/_blazor/initializers")]
    [InlineData("/enter")]
    [InlineData("/enter?ticket=")]
    [InlineData("/enter?ticket=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/%65nter?ticket=0")]
    [InlineData("//enter?ticket=0")]
    public async Task Nothing_is_shown_without_the_cookie(string path)
    {
        var answer = await GetAsync(path);

        Assert.Equal(403, answer.Status);
        Assert.Empty(answer.Headers["Set-Cookie"]);
        Assert.Equal(403, (await GetAsync(path, "Cookie: mychat=" + new string('0', 64))).Status);
        Assert.Equal(403, (await GetAsync(path, "Cookie: mychat=")).Status);
    }

    [Fact]
    public async Task Two_tickets_in_one_address_are_none()
    {
        var ticket = desktop.Address.Query.TrimStart('?');

        Assert.Equal(403, (await GetAsync($"/enter?{ticket}&{ticket}")).Status);
        Assert.Equal(303, (await GetAsync($"/enter?{ticket}")).Status);
    }

    [Theory]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1:{port}")]
    [InlineData("localhost:{port}")]
    [InlineData("[::1]:{port}")]
    [InlineData("{host}")]
    [InlineData("{host}:80")]
    [InlineData("{host}.:{port}")]
    [InlineData("x.{host}:{port}")]
    [InlineData("")]
    public async Task No_other_host_is_answered(string host)
    {
        var cookie = await EnterAsync();
        var foreign = host
            .Replace("{port}", $"{desktop.Address.Port}", StringComparison.Ordinal)
            .Replace("{host}", desktop.Address.Host, StringComparison.Ordinal);

        foreach (var path in (string[])["/", desktop.Address.PathAndQuery])
        {
            var answer = await RawHttp.SendAsync(desktop.Address, $"GET {path} HTTP/1.1", $"Host: {foreign}", cookie, "Connection: close");
            Assert.True(answer.Status is 421 or 400, $"{answer.Status} {answer.Body}");
            Assert.Empty(answer.Headers["Set-Cookie"]);
            Assert.DoesNotContain("<html", answer.Body, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_request_without_a_host_or_with_two_is_refused()
    {
        var cookie = await EnterAsync();

        Assert.Equal(421, (await RawHttp.SendAsync(desktop.Address, "GET / HTTP/1.0", cookie)).Status);
        Assert.Equal(400, (await RawHttp.SendAsync(desktop.Address, "GET / HTTP/1.1", Host, "Host: evil.example", cookie)).Status);
        Assert.Equal(
            400, (await RawHttp.SendAsync(desktop.Address, "GET http://evil.example/ HTTP/1.1", Host, cookie, "Connection: close")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost:{port}")]
    [InlineData("http://127.0.0.1:{port}")]
    [InlineData("https://{host}:{port}")]
    [InlineData("http://{host}:1")]
    [InlineData("http://{host}:{port}.evil.example")]
    public async Task A_page_of_elsewhere_negotiates_nothing_and_gets_no_socket(string? origin)
    {
        var cookie = await EnterAsync();
        string[] from = origin is null
            ? []
            : ["Origin: " + origin
                .Replace("{port}", $"{desktop.Address.Port}", StringComparison.Ordinal)
                .Replace("{host}", desktop.Address.Host, StringComparison.Ordinal)];

        Assert.Equal(403, (await PostAsync(Negotiate, [cookie, .. from])).Status);
        Assert.Equal(403, (await UpgradeAsync([cookie, .. from])).Status);
        Assert.Equal(403, (await PostAsync("/_blazor/disconnect", [cookie, .. from])).Status);
        Assert.Equal(403, (await PostAsync("/", [cookie, .. from])).Status);
    }

    [Fact]
    public async Task Our_own_page_negotiates_and_gets_its_socket_but_only_with_the_cookie()
    {
        var cookie = await EnterAsync();

        Assert.Equal(200, (await PostAsync(Negotiate, cookie, Origin)).Status);
        Assert.Equal(101, (await UpgradeAsync(cookie, Origin)).Status);
        Assert.Equal(403, (await PostAsync(Negotiate, Origin)).Status);
        Assert.Equal(403, (await UpgradeAsync(Origin)).Status);
        Assert.Equal(403, (await UpgradeAsync("Cookie: mychat=" + new string('f', 64), Origin)).Status);
        Assert.Equal(403, (await UpgradeAsync(cookie, Origin, Origin)).Status);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_link_on_a_page_of_elsewhere_leads_nowhere(string site)
    {
        var cookie = await EnterAsync();

        Assert.Equal(403, (await GetAsync("/", cookie, "Sec-Fetch-Site: " + site)).Status);
        Assert.Equal(403, (await GetAsync(desktop.Address.PathAndQuery, "Sec-Fetch-Site: " + site)).Status);
        Assert.Equal(200, (await GetAsync("/", cookie, "Sec-Fetch-Site: none")).Status);
        Assert.Equal(200, (await GetAsync("/", cookie, "Sec-Fetch-Site: same-origin")).Status);
    }

    [Fact]
    public async Task Only_who_can_read_the_address_file_may_have_the_window_shown()
    {
        var cookie = await EnterAsync();

        Assert.Equal(403, (await PostAsync("/show", cookie, Origin)).Status);
        Assert.Equal(403, (await PostAsync("/show", cookie, Origin, "Authorization: Bearer")).Status);
        Assert.Equal(403, (await PostAsync("/show", Origin, "Authorization: Bearer " + new string('0', 64))).Status);
        Assert.Equal(403, (await PostAsync("/show", "Origin: http://evil.example", "Authorization: Bearer " + desktop.Control)).Status);
        Assert.Equal(200, (await PostAsync("/show", Origin, "Authorization: Bearer " + desktop.Control)).Status);
        // And nothing else.
        Assert.Equal(403, (await GetAsync("/", "Authorization: Bearer " + desktop.Control)).Status);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/", false)]
    [InlineData("/_content/MyChat.Ui/css/mychat.css", true)]
    [InlineData("/enter", false)]
    public async Task Every_answer_carries_the_strict_policy(string path, bool signedIn)
    {
        var answer = await GetAsync(path, signedIn ? [await EnterAsync()] : []);
        var policy = answer["Content-Security-Policy"]!; // else the next line fails

        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains($"connect-src 'self' ws://{desktop.Address.Authority};", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(
            ("nosniff", "DENY", "no-referrer", "same-origin", "same-origin"),
            (answer["X-Content-Type-Options"], answer["X-Frame-Options"], answer["Referrer-Policy"], answer["Cross-Origin-Opener-Policy"],
                answer["Cross-Origin-Resource-Policy"]));
        Assert.Null(answer["Server"]);
    }

    [Fact]
    public async Task The_page_has_nothing_inline()
    {
        var page = await GetAsync("/", await EnterAsync());

        Assert.DoesNotMatch("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:|<script(?![^>]* src=)", page.Body);
    }

    [Fact]
    public void Only_the_user_may_enter_the_folder_and_read_the_address()
    {
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        Assert.Equal(Mine | UnixFileMode.UserExecute, File.GetUnixFileMode(desktop.DataFolder));
        Assert.Equal(Mine, File.GetUnixFileMode(desktop.AddressFile));
        Assert.Matches("^http://[0-9a-f]{16}\\.localhost:[0-9]+/enter\\?ticket=[0-9a-f]{64}$", desktop.Address.ToString());
    }

    [Fact]
    public async Task Only_this_machine_reaches_it_and_nobody_else_can_have_the_port_on_its_other_address()
    {
        foreach (var address in NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => !IPAddress.IsLoopback(address)))
        {
            using var client = new TcpClient(address.AddressFamily);
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(address, desktop.Address.Port));
        }

        foreach (var address in (IPAddress[])[IPAddress.Loopback, .. Socket.OSSupportsIPv6 ? new[] { IPAddress.IPv6Loopback } : []])
        {
            using var other = new TcpListener(address, desktop.Address.Port);
            Assert.ThrowsAny<SocketException>(other.Start);
        }
    }

    private async Task<string> EnterAsync() => Cookie(await GetAsync(desktop.Address.PathAndQuery));

    private static string Cookie(RawAnswer answer) => "Cookie: " + answer.Cookie;

    private Task<RawAnswer> GetAsync(string path, params string[] headers) =>
        RawHttp.SendAsync(desktop.Address, $"GET {path} HTTP/1.1", [Host, .. headers, "Connection: close"]);

    private Task<RawAnswer> PostAsync(string path, params string[] headers) =>
        RawHttp.SendAsync(desktop.Address, $"POST {path} HTTP/1.1", [Host, .. headers, "Content-Length: 0", "Connection: close"]);

    private Task<RawAnswer> UpgradeAsync(params string[] headers) => RawHttp.SendAsync(
        desktop.Address, "GET /_blazor HTTP/1.1",
        [Host, .. headers, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]);
}
