using System.Net;
using Microsoft.Extensions.Primitives;

namespace MyChat.Desktop.Loopback;

/// <summary>
/// Stands before everything that the loopback host answers. Other programs of this machine, and other pages in any browser, can reach the port:
/// each request must name our host, come from our page, and bring the cookie.
/// </summary>
/// <param name="control">What a second start brings in the place of a cookie, to have the window shown.</param>
internal sealed class Gate(LoopbackAddress address, Tickets tickets, ControlSecret control)
{
    public const string EnterPath = "/enter";
    public const string TicketName = "ticket";
    public const string CookieName = "mychat";
    public const string ShowPath = "/show";

    private readonly string _policy =
        $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' data: blob:; "
        + $"connect-src 'self' {address.SocketOrigin}; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The address that lets a browser in, once.</summary>
    public static string EnterAddress(LoopbackAddress address, string ticket) => $"{address.Origin}{EnterPath}?{TicketName}={ticket}";

    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        var request = context.Request;
        if (!IsForUs(request))
        {
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This is not the address of anything here.");
        }

        if (!IsFromUs(request))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "Only MyChat's own page may ask for this.");
        }

        if (request.Path == EnterPath && HttpMethods.IsGet(request.Method))
        {
            return EnterAsync(context);
        }

        var mayPass = request.Path == ShowPath ? control.Matches(request.Headers.Authorization) : IsSignedIn(request);
        return mayPass
            ? next(context)
            : RefuseAsync(context, StatusCodes.Status403Forbidden, "This address works only in the window that MyChat opened. Start MyChat again to get one.");
    }

    /// <summary>A page of another name that resolves to the loopback address (DNS rebinding) asks for another host.</summary>
    private bool IsForUs(HttpRequest request) => Is(request.Headers.Host, address.Authority);

    /// <summary>
    /// Reading is left to the cookie, which is never sent from elsewhere; whatever changes something, and every socket, must also name our page
    /// as its origin. Browsers that say more (Sec-Fetch-Site) are held to it.
    /// </summary>
    private bool IsFromUs(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        var mustTell = changes || !StringValues.IsNullOrEmpty(request.Headers.Upgrade) || HttpMethods.IsConnect(request.Method);
        if (origin.Count == 0 ? mustTell : !Is(origin, address.Origin))
        {
            return false;
        }

        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count == 0 || Is(site, "same-origin") || (Is(site, "none") && !mustTell);
    }

    private bool IsSignedIn(HttpRequest request) => request.Cookies[CookieName] is { } cookie && tickets.Knows(cookie);

    private Task EnterAsync(HttpContext context)
    {
        var ticket = context.Request.Query[TicketName];
        if (IsStranger(context.Connection))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "Only programs of the user who started MyChat may enter.");
        }

        if (ticket is [{ } text] && tickets.Exchange(text) is { } cookie)
        {
            context.Response.Cookies.Append(
                CookieName, cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        }
        else if (!IsSignedIn(context.Request))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "This address was used already. Start MyChat again to get a new one.");
        }

        // The ticket leaves the address bar and the history.
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
        return Task.CompletedTask;
    }

    private static bool IsStranger(ConnectionInfo connection) =>
        connection is { RemoteIpAddress: { } peer, LocalIpAddress: { } own }
        && PeerOwner.IsStranger(new IPEndPoint(peer, connection.RemotePort), new IPEndPoint(own, connection.LocalPort));

    private void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers.CacheControl = "no-store";
    }

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n");
    }

    private static bool Is(StringValues header, string value) => header is [{ } only] && string.Equals(only, value, StringComparison.Ordinal);
}
