using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Web;

/// <summary>What the published program serves to browsers.</summary>
public sealed partial class WebClientTests(WebClientTests.Site site) : IClassFixture<WebClientTests.Site>
{
    [Fact]
    public async Task The_page_is_compressed_and_asked_for_anew_each_time()
    {
        using var page = await site.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["br"], page.Content.Headers.ContentEncoding);
        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
        using var again = await site.GetAsync("/", request => request.Headers.IfNoneMatch.Add(page.Headers.ETag!)); // it fails where there is none
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/client.json")]
    [InlineData("/start.js")]
    [InlineData("/_framework/dotnet.js")]
    [InlineData("/nowhere")]
    [InlineData("/xmpp-websocket")]
    public async Task Every_answer_carries_the_strict_policy(string path)
    {
        using var answer = await site.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.StartsWith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_page_needs_nothing_inline_and_nothing_from_elsewhere()
    {
        var html = await site.TextAsync("/");

        Assert.All(Scripts().Matches(html), script => Assert.Matches("""^<script [^>]*src="[^":]+"[^>]*></script>$""", script.Value));
        Assert.DoesNotMatch("""(?i)<style|\sstyle=|\son[a-z]+=|javascript:|https?:|src="//|href="//|#\[\.\{fingerprint""", html);
        // Both languages are there before any script has run.
        Assert.Contains("""lang="en">""", html, StringComparison.Ordinal);
        Assert.Contains("""lang="zh-Hans">""", html, StringComparison.Ordinal);
        Assert.Contains("<noscript>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_the_page_names_is_there_and_what_has_a_hash_is_kept_for_ever()
    {
        var html = await site.TextAsync("/");
        var boot = await site.TextAsync("/_framework/dotnet.js");
        var hashed = Hashed().Matches(boot).Select(name => $"/_framework/{name.Groups[1].Value}").Distinct().ToList();
        Assert.True(hashed.Count > 30, boot);

        foreach (var path in Names().Matches(html).Select(name => "/" + name.Groups[1].Value).Append("/service-worker.js").Append("/assets.js"))
        {
            using var answer = await site.GetAsync(path);
            var rule = Path.GetExtension(path) is ".svg" or ".png" ? "must-revalidate, max-age=3600" : "no-cache";
            Assert.Equal((path, HttpStatusCode.OK, rule), (path, answer.StatusCode, answer.Headers.CacheControl?.ToString()));
        }
        foreach (var path in hashed)
        {
            using var answer = await site.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
            Assert.Equal("max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
            Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 0, path);
        }
    }

    /// <summary>The aim is 2.6 MB; this keeps it from growing unseen.</summary>
    [Theory]
    [InlineData("icudt_EFIGS", 2_800_000)]
    [InlineData("icudt_CJK", 2_900_000)]
    public async Task The_first_load_stays_small(string language, int most)
    {
        var framework = Path.Combine(Path.GetDirectoryName(await PublishedProgram.PathAsync())!, "wwwroot", "_framework"); // a file has a folder
        var bytes = Directory.EnumerateFiles(framework, "*.br")
            .Where(file => Path.GetFileName(file) is var name && (!name.StartsWith("icudt", StringComparison.Ordinal) || name.StartsWith(language, StringComparison.Ordinal)))
            .Sum(file => new FileInfo(file).Length);

        Assert.InRange(bytes, 1_000_000, most);
    }

    [Fact]
    public async Task Client_json_tells_what_the_client_must_know()
    {
        using var answer = await site.GetAsync("/client.json");
        using var facts = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Equal("verona.lit", facts.RootElement.GetProperty("domain").GetString());
        Assert.Equal("/xmpp-websocket", facts.RootElement.GetProperty("webSocket").GetString());
        Assert.Equal("closed", facts.RootElement.GetProperty("registration").GetString());
        Assert.Equal(JsonValueKind.Null, facts.RootElement.GetProperty("httpsPort").ValueKind);
        Assert.Matches(@"^\d+\.\d+\.\d+$", facts.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Nothing_else_of_the_disk_is_served()
    {
        foreach (var path in new[] { "/mychat.dll", "/../mychat.dll", "/%2e%2e/mychat.dll", "/data/mychat.db", "/mychat.staticwebassets.endpoints.json", "/_framework/" })
        {
            using var answer = await site.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }
    }

    [GeneratedRegex("<script[^>]*>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("""(?:src|<link [^>]*href)="([^"]+)[\x22]""")]
    private static partial Regex Names();

    [GeneratedRegex("""name":\s*"([^"]+\.[a-z0-9]{10}\.(?:wasm|js|dat))[\x22]""")]
    private static partial Regex Hashed();

    /// <summary>The published program, started in a directory that is not its own.</summary>
    public sealed class Site : IAsyncLifetime
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });
        private ServerProcess? _server;

        public async ValueTask InitializeAsync()
        {
            _server = await ServerProcess.StartAsync(["--Registration:Mode=closed"], program: await PublishedProgram.PathAsync());
            _http.BaseAddress = new Uri($"http://127.0.0.1:{_server.WebPort}");
        }

        /// <summary>As a browser asks: compressed if possible.</summary>
        public async Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? change = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
            change?.Invoke(request);
            return await _http.SendAsync(request);
        }

        public Task<string> TextAsync(string path) => _http.GetStringAsync(path);

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }
    }
}
