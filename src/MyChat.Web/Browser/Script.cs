using System.Runtime.InteropServices.JavaScript;

namespace MyChat.Web.Browser;

/// <summary>Our own JavaScript: what the browser has and .NET cannot reach.</summary>
internal static class Script
{
    public const string Name = "mychat";

    /// <summary>Loads it; before anything that calls it.</summary>
    public static Task LoadAsync() => JSHost.ImportAsync(Name, "../js/platform.js"); // from _framework/, where .NET lies
}
