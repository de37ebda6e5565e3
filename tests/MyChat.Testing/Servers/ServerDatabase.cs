namespace MyChat.Testing.Servers;

/// <summary>A database that a server uses.</summary>
/// <param name="Server">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Port">By which port it is reached; null for the database server's own.</param>
public sealed record ServerDatabase(DatabaseProcess Server, string Name, int? Port = null)
{
    /// <summary>Makes an empty one.</summary>
    public static async Task<ServerDatabase> CreateAsync(DatabaseProcess server, int? port = null) =>
        new(server, await server.CreateDatabaseAsync(), port);
}
