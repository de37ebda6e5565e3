using System.Diagnostics;
using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MyChat.Server.Connections;

/// <summary>
/// OpenSSL keeps two buffers of 16 KB for each connection although an idle one has nothing in them, unless it is told to give them back
/// (SSL_MODE_RELEASE_BUFFERS), as other servers do. .NET has no setting for it, so its handle is taken from inside. Where that is not found, or
/// TLS is not OpenSSL's, nothing but memory is lost.
/// </summary>
public static class TlsBuffers
{
    private const int ControlMode = 33; // SSL_CTRL_MODE: adds to what is set
    private const int ReleaseBuffers = 0x10; // SSL_MODE_RELEASE_BUFFERS

    private static readonly FieldInfo? Handle = typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);
    private static readonly Lazy<SslControl?> Control = new(FindControl); // not before a connection has TLS: only then is the library there

    private delegate nint SslControl(nint ssl, int command, nint argument, nint pointer);

    /// <summary>From now on this connection's buffers go whenever they are empty; false where that cannot be said.</summary>
    public static bool ReleaseWhenEmpty(SslStream stream)
    {
        // By its name: another handle would not be an SSL*.
        if (Handle?.GetValue(stream) is not SafeHandle { IsInvalid: false } handle || handle.GetType().Name != "SafeSslHandle" || Control.Value is not { } control)
        {
            return false;
        }
        var held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            return (control(handle.DangerousGetHandle(), ControlMode, ReleaseBuffers, 0) & ReleaseBuffers) != 0;
        }
        finally
        {
            if (held)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>SSL_ctrl of the library that .NET has loaded, for there may be several on the machine.</summary>
    private static SslControl? FindControl()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }
        using var process = Process.GetCurrentProcess();
        var loaded = process.Modules.Cast<ProcessModule>()
            .Where(module => module.ModuleName.StartsWith("libssl.so", StringComparison.Ordinal)).Select(module => module.FileName).Distinct().ToList();
        return loaded.Count == 1 && NativeLibrary.TryLoad(loaded[0], out var library) && NativeLibrary.TryGetExport(library, "SSL_ctrl", out var address)
            ? Marshal.GetDelegateForFunctionPointer<SslControl>(address)
            : null;
    }
}
