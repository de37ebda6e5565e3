using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace MyChat.Testing.Servers;

/// <summary>A real PostgreSQL.</summary>
public sealed class PostgresProcess : DatabaseProcess
{
    private readonly IReadOnlyList<string> _settings;

    private PostgresProcess(IReadOnlyList<string> settings) => _settings = settings;

    /// <summary>Makes one and starts it.</summary>
    /// <param name="settings">Settings, such as <c>fsync=off</c>.</param>
    public static async Task<PostgresProcess> StartAsync(params IEnumerable<string> settings)
    {
        var server = new PostgresProcess([.. settings]);
        try
        {
            // The first user is trusted on the loopback address; the one of the program has a password.
            await server.CreateAsync([.. Unprivileged(
                Binary("initdb"), "-D", server.Data, "-U", "postgres", "-E", "UTF8", "--locale=C", "--auth=trust", "--no-sync", "--no-instructions")]);
            var password = Password.Replace("'", "''", StringComparison.Ordinal);
            await server.ExecuteAsync($"CREATE ROLE mychat LOGIN PASSWORD '{password}'");
            await File.WriteAllTextAsync(
                Path.Combine(server.Data, "pg_hba.conf"), "host all postgres 127.0.0.1/32 trust\nhost all mychat 127.0.0.1/32 scram-sha-256\n");
            await server.ExecuteAsync("SELECT pg_reload_conf()");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public override string Provider => "postgres";

    protected override IReadOnlyList<string> Command => Unprivileged(
    [
        Binary("postgres"), "-D", Data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
        "-c", "shared_buffers=64MB", "-c", "shared_memory_type=mmap", .. _settings.SelectMany(setting => (string[])["-c", setting]),
    ]);

    public override DbConnection Connect(string? database = null) => new NpgsqlConnection(
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = "postgres",
            Database = database ?? "postgres",
            Pooling = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);

    public override string ConnectionString(string database, int? port = null) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port ?? Port,
        Database = database,
        Username = "mychat",
        Password = Password,
    }.ConnectionString;

    protected override string EmptyingSql =>
        """
        SELECT string_agg(format('DELETE FROM %I;', tablename), '') || 'SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind=''S'''
        FROM pg_tables WHERE schemaname='public' AND tablename<>'VersionInfo'
        """;

    protected override string CreateSql(string database) => $"CREATE DATABASE {database} OWNER mychat";
    protected override string DropSql(string database) => $"DROP DATABASE {database} WITH (FORCE)";

    private static string Binary(string name)
    {
        const string installed = "/usr/lib/postgresql";
        var versions = System.IO.Directory.Exists(installed)
            ? System.IO.Directory.GetDirectories(installed)
                .Where(path => double.TryParse(Path.GetFileName(path), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                .OrderByDescending(path => double.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
            : Enumerable.Empty<string>();
        return Find("postgresql", versions.Select(path => Path.Combine(path, "bin", name)));
    }
}
