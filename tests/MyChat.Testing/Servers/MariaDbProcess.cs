using System.Data.Common;
using MySqlConnector;

namespace MyChat.Testing.Servers;

/// <summary>A real MariaDB.</summary>
public sealed class MariaDbProcess : DatabaseProcess
{
    private readonly IReadOnlyList<string> _settings;

    private MariaDbProcess(IReadOnlyList<string> settings) => _settings = settings;

    /// <summary>Makes one and starts it.</summary>
    /// <param name="settings">More options of mariadbd, such as <c>--sync-binlog=0</c>.</param>
    public static async Task<MariaDbProcess> StartAsync(params IEnumerable<string> settings)
    {
        var server = new MariaDbProcess([.. settings]);
        try
        {
            await server.CreateAsync([.. Unprivileged(
                Find("mariadb-server-core", "/usr/bin/mariadb-install-db", "/usr/local/bin/mariadb-install-db"),
                "--no-defaults", $"--datadir={server.Data}", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve")]);
            var password = Password.Replace("'", "''", StringComparison.Ordinal);
            await server.ExecuteAsync(
                $@"CREATE USER mychat@'127.0.0.1' IDENTIFIED BY '{password}'; GRANT ALL PRIVILEGES ON `mychat\_%`.* TO mychat@'127.0.0.1'");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public override string Provider => "mysql";

    // A default character set that nobody would choose: the schema must not depend on it.
    protected override IReadOnlyList<string> Command => Unprivileged(
    [
        Find("mariadb-server-core", "/usr/sbin/mariadbd", "/usr/local/sbin/mariadbd"), "--no-defaults", $"--datadir={Data}", $"--port={Port}",
        $"--socket={Path.Combine(Directory, "s")}", $"--pid-file={Path.Combine(Directory, "pid")}", "--bind-address=127.0.0.1",
        "--character-set-server=latin1", "--innodb-log-file-size=16M", "--innodb-buffer-pool-size=64M", "--skip-name-resolve", .. _settings,
    ]);

    public override DbConnection Connect(string? database = null) => new MySqlConnection(
        new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)Port,
            UserID = "root",
            Database = database ?? "",
            Pooling = false,
            AllowUserVariables = true, // so that @ is left alone
        }.ConnectionString);

    public override string ConnectionString(string database, int? port = null) => new MySqlConnectionStringBuilder
    {
        Server = "127.0.0.1",
        Port = (uint)(port ?? Port),
        Database = database,
        UserID = "mychat",
        Password = Password,
    }.ConnectionString;

    protected override string EmptyingSql =>
        """
        SELECT group_concat(concat('DELETE FROM ', table_name, ';', if(auto_increment>1, concat('ALTER TABLE ', table_name, ' AUTO_INCREMENT=1;'), '')) SEPARATOR '')
        FROM information_schema.tables WHERE table_schema=database() AND table_name<>'VersionInfo'
        """;

    protected override string CreateSql(string database) => $"CREATE DATABASE {database}";
    protected override string DropSql(string database) => $"DROP DATABASE {database}";
}
