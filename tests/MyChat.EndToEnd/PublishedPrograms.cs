using System.Runtime.CompilerServices;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd;

internal static class PublishedPrograms
{
    /// <summary>What is tested here is what users run: published, which starts in half the time, too.</summary>
    [ModuleInitializer]
    internal static void Use() => ServerProcess.Program = PublishedProgram.PathAsync;
}
