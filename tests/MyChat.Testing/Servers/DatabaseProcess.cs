using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MyChat.Testing.Servers;

/// <summary>
/// A database server of the tests' own: its own process, data directory and port on the loopback address, run as a user without privileges.
/// It ends with the tests, however they end, and its directory with it. It can be killed and started again on the same data.
/// </summary>
public abstract class DatabaseProcess : IAsyncDisposable
{
    /// <summary>The password of both of its users.</summary>
    public const string Password = "pass;'word\"✓";

    /// <summary>Who the tests are when they are not root themselves.</summary>
    private const string Nobody = "nobody";

    // Kills the server as soon as nobody holds the other end of its input any more: the tests may be killed too. Those whom the server started are
    // asked for before, for they lose sight of it.
    private const string Guard =
        """
        directory=$1; log=$2; shift 2
        "$@" >>"$log" 2>&1 </dev/null &
        server=$!
        read -r word
        kill -9 $server $(ps -o pid= --ppid $server) 2>/dev/null
        wait $server 2>/dev/null
        [ "$word" = keep ] || { umount -l "$directory/data"; rm -rf "$directory"; } 2>/dev/null
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? _guard;
    private int _databases;

    protected DatabaseProcess() => Port = FreePort();

    /// <summary>As <c>Storage:Provider</c> calls it.</summary>
    public abstract string Provider { get; }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The process above all of the server's, while it runs.</summary>
    public int ProcessId => (_guard ?? throw new InvalidOperationException($"{Provider} does not run.")).Id;

    /// <summary>All that it keeps.</summary>
    protected string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("mychat-db-").FullName;

    protected string Data => Path.Combine(Directory, "data");
    protected string LogFile => Path.Combine(Directory, "log");

    /// <summary>How the server is started.</summary>
    protected abstract IReadOnlyList<string> Command { get; }

    /// <summary>A connection with all rights; to a database, or to none that the tests use.</summary>
    public abstract DbConnection Connect(string? database = null);

    /// <summary>How a program reaches a database, as a user who has rights there only.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="port">Another port than the server's, for what lies between.</param>
    public abstract string ConnectionString(string database, int? port = null);

    /// <summary>Makes an empty database and returns its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"mychat_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(CreateSql(name));
        return name;
    }

    /// <summary>Removes all that is in a database's tables but what says of which version they are; numbers begin at 1 again.</summary>
    public async Task EmptyAsync(string name)
    {
        await using var connection = Connect(name);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = EmptyingSql;
        if (await command.ExecuteScalarAsync() is string { Length: > 0 } statements)
        {
            command.CommandText = statements;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Removes a database, whoever uses it.</summary>
    public Task DropDatabaseAsync(string name) => ExecuteAsync(DropSql(name));

    /// <summary>Starts it on the data it has, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        var elapsed = Stopwatch.StartNew();
        while (true)
        {
            _guard = Run("sh", ["-c", Guard, "sh", Directory, LogFile, .. Command], isInputOurs: true);
            if (await AnswersAsync(_guard, elapsed))
            {
                return;
            }
            await KillAsync();
            if (elapsed.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{Provider} did not start:\n{await File.ReadAllTextAsync(LogFile)}");
            }
        }
    }

    /// <summary>Ends it as a crash does, with all whom it started (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_guard is { } guard)
        {
            _guard = null;
            await guard.StandardInput.WriteLineAsync("keep");
            await guard.StandardInput.FlushAsync();
            await guard.WaitForExitAsync();
            guard.Dispose();
        }
    }

    /// <summary>Kills it, and starts it again with its data on a disk of its own.</summary>
    /// <param name="room">How many bytes more than now the disk can hold.</param>
    public async Task<SmallDisk> MoveToSmallDiskAsync(long room)
    {
        await KillAsync();
        var disk = await SmallDisk.TakeOverAsync(Data, room);
        await StartAgainAsync();
        return disk;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks the connected database for the statements that empty it.</summary>
    protected abstract string EmptyingSql { get; }

    protected abstract string CreateSql(string database);
    protected abstract string DropSql(string database);

    /// <summary>Makes the data directory by a program of the database's; then the server starts for the first time.</summary>
    protected async Task CreateAsync(params string[] command)
    {
        await WaitAsync("chown", Environment.IsPrivilegedProcess ? [Nobody, Directory] : [], Environment.IsPrivilegedProcess);
        await WaitAsync(command[0], command[1..], true);
        await StartAgainAsync();
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A command as the user without privileges, where the tests have any.</summary>
    protected static IReadOnlyList<string> Unprivileged(params string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Nobody}", "--regid=nogroup", "--clear-groups", .. command] : command;

    /// <summary>The first of these files that exists.</summary>
    protected static string Find(string package, params IEnumerable<string> places) => places.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"The tests need the package {package}: ./test installs it.");

    private async Task<bool> AnswersAsync(Process guard, Stopwatch elapsed)
    {
        // A server that ends leaves its guard waiting: what tells is that nobody answers.
        var first = elapsed.Elapsed;
        while (!guard.HasExited && elapsed.Elapsed - first < Patience / 4)
        {
            try
            {
                await using var connection = Connect();
                await connection.OpenAsync();
                return true;
            }
            catch (Exception notYet) when (notYet is DbException or TimeoutException or IOException or SocketException)
            {
                await Task.Delay(20);
            }
        }
        return false;
    }

    private static async Task WaitAsync(string program, IReadOnlyList<string> arguments, bool isNeeded)
    {
        if (!isNeeded)
        {
            return;
        }
        using var process = Run(program, arguments, isInputOurs: false);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        }
    }

    private static Process Run(string program, IReadOnlyList<string> arguments, bool isInputOurs) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = isInputOurs,
            RedirectStandardOutput = !isInputOurs,
            RedirectStandardError = !isInputOurs,
            WorkingDirectory = "/",
        }) ?? throw new InvalidOperationException($"{program} did not start.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
