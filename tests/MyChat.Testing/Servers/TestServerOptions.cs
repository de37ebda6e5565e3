using MyChat.Server;
using MyChat.Server.Modules;
using MyChat.Storage;

namespace MyChat.Testing.Servers;

/// <summary>What a test may change about its server.</summary>
public sealed record TestServerOptions
{
    /// <summary>The modules, in the order of the program's list; by default none beyond what the server itself does.</summary>
    public IReadOnlyList<IXmppModule> Modules { get; init; } = [];

    /// <summary>The modules that need services; after <see cref="Modules"/>.</summary>
    public Func<IServiceProvider, IEnumerable<IXmppModule>>? MoreModules { get; init; }

    /// <summary>Changes the server's own options; by default the limits that count addresses are off.</summary>
    public Action<ServerOptions>? Configure { get; init; }

    /// <summary>Changes the database; by default it is SQLite in a directory that is deleted in the end.</summary>
    public Action<StorageOptions>? Storage { get; init; }
}
