using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Headers;
using MyChat.Host.Configuration;

namespace MyChat.Host.Web;

/// <summary>The page at /: what this is, and how to connect a client, in the reader's language.</summary>
internal sealed class WelcomePage(MyChatOptions options)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly byte[] _english = Fill("welcome.en.html", options);
    private readonly byte[] _chinese = Fill("welcome.zh.html", options);
    private readonly byte[] _style = Resource("welcome.css");

    public void Map(WebApplication app)
    {
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)Page);
        app.MapMethods("/welcome.css", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(context => Write(context, "text/css; charset=utf-8", _style)));
    }

    private Task Page(HttpContext context)
    {
        var chinese = PrefersChinese(context.Request.GetTypedHeaders());
        context.Response.Headers.Vary = "Accept-Language";
        context.Response.Headers.ContentLanguage = chinese ? "zh-CN" : "en";
        return Write(context, "text/html; charset=utf-8", chinese ? _chinese : _english);
    }

    /// <summary>The one of our two languages that the browser's user ranks higher (RFC 9110 §12.5.4); English when neither is named.</summary>
    private static bool PrefersChinese(RequestHeaders headers)
    {
        double Rank(string language) => headers.AcceptLanguage
            .Where(range => range.Value.StartsWith(language, StringComparison.OrdinalIgnoreCase))
            .Max(range => range.Quality ?? 1.0 as double?) ?? 0;
        return Rank("zh") is var chinese && chinese > 0 && (chinese > Rank("en") || (chinese.Equals(Rank("en")) && ChineseFirst(headers)));
    }

    private static bool ChineseFirst(RequestHeaders headers) => headers.AcceptLanguage
        .Select(range => range.Value.ToString().ToUpperInvariant())
        .First(tag => tag.StartsWith("ZH", StringComparison.Ordinal) || tag.StartsWith("EN", StringComparison.Ordinal))[0] == 'Z';

    private static Task Write(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static byte[] Fill(string name, MyChatOptions options) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Resource(name)).Replace("{domain}", Html.Encode(options.Server.Domain), StringComparison.Ordinal));

    private static byte[] Resource(string name)
    {
        using var stream = typeof(WelcomePage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing from the program");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
