using MyChat.Storage.Providers;

namespace MyChat.Storage;

/// <summary>Which database, and where (configuration: <c>Storage</c> and <c>DataDirectory</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>The kinds of database there are.</summary>
    public static IReadOnlyList<string> Providers { get; } = ["sqlite", "mysql", "postgres"];

    /// <summary>The kind of database: <c>sqlite</c>, <c>mysql</c> (MariaDB too) or <c>postgres</c>.</summary>
    public string Provider { get; set; } = "sqlite";

    /// <summary>How to reach a database server; not used by <c>sqlite</c>, whose file is in <see cref="DataDirectory"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Where the SQLite file is; made, readable by its owner only, when it is missing.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>Connections that only read; one more writes.</summary>
    public int ReadConnections { get; set; } = 4;

    /// <summary>How long a database server may take to let one in, in seconds; 0 is for ever.</summary>
    public int ConnectSeconds { get; set; } = 10;

    /// <summary>How long a database server may take to answer a statement before its connection counts as dead, in seconds; 0 is for ever.</summary>
    public int CommandSeconds { get; set; } = 30;

    /// <summary>Looks at the options without opening anything.</summary>
    /// <exception cref="StorageException">They cannot be right; the message is one line and names the key.</exception>
    public void Validate() => CreateProvider();

    internal DatabaseProvider CreateProvider() => Provider.ToLowerInvariant() switch
    {
        "sqlite" when ConnectionString.Length == 0 => new SqliteProvider(this),
        "sqlite" => throw new StorageException("Storage:ConnectionString=…: expected nothing, for Storage:Provider=sqlite needs none"),
        "mysql" => new MySqlProvider(this),
        "postgres" => new PostgresProvider(this),
        _ => throw new StorageException($"Storage:Provider={Provider}: expected {string.Join(", ", Providers)}"),
    };
}
