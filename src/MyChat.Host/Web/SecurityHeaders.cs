namespace MyChat.Host.Web;

/// <summary>Headers that every answer of the web listeners carries.</summary>
internal static class SecurityHeaders
{
    // Only what comes from here, nothing inline. 'self' includes WebSockets of the same host and port (CSP 3 §6.7.2.8) in every browser that can run
    // the page. Pictures of friends are data: and blob: addresses, never somebody else's servers.
    private const string Policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="isPrivate">Over https, or to a browser or proxy on this machine.</param>
    public static void Set(IHeaderDictionary headers, bool isPrivate)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (isPrivate)
        {
            headers["Cross-Origin-Opener-Policy"] = "same-origin"; // elsewhere browsers complain that they do not obey
        }

        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
