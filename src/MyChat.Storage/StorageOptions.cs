namespace MyChat.Storage;

/// <summary>Which database, and where (configuration: <c>Storage</c> and <c>DataDirectory</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>The kind of database; <c>sqlite</c> is the only one so far.</summary>
    public string Provider { get; set; } = "sqlite";

    /// <summary>How to reach a database server; not used by <c>sqlite</c>, whose file is in <see cref="DataDirectory"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Where the SQLite file is; made, readable by its owner only, when it is missing.</summary>
    public string DataDirectory { get; set; } = "./data";
}
