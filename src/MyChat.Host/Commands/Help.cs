using System.Text;
using MyChat.Host.Configuration;

namespace MyChat.Host.Commands;

/// <summary>The texts of --help.</summary>
internal static class Help
{
    private const string Overview = """
        MyChat, a chat server that speaks XMPP.

        Usage: mychat [COMMAND] [--Key=value ...]

          serve                 run the server (also without any command)
          status                how the server is that runs
          user add NAME         make an account
          user passwd NAME      set an account's password
          user delete NAME      delete an account and all that belongs to it
          user show NAME        what is known about an account
          user list             list the accounts
          backup FILE           write all data into a file, also while the server runs
          restore FILE          put a backup into an empty database
          check                 look whether the database holds together
          move --to=KIND        carry all data into another database
          history prune         remove old messages
          export USER [FILE]    write an account in the portable format of XEP-0227
          import FILE           make accounts of such a file
          help [COMMAND]        this text, or a command's own (also -h, --help)
          --version             the version

        Examples:
          mychat --Domain=example.org
          mychat serve --Web:Listen=127.0.0.1:8080 --C2s:ListenTls=
          mychat help user add
        """;

    private const string ServeText = """
        Usage: mychat serve [--Key=value ...]

        Runs the server until Ctrl+C or SIGTERM. One server runs in a data directory at a time.

        Examples:
          mychat serve --Domain=example.org --Tls:Certificate=fullchain.pem --Tls:Key=privkey.pem
          mychat serve --DataDirectory=/var/lib/mychat --Registration:Mode=closed
          mychat serve --C2s:Listen=127.0.0.1:0 --C2s:ListenTls= --Web:ListenTls=
        """;

    private const string StatusText = """
        Usage: mychat status [--json] [--Key=value ...]

        Tells how the server is that runs in DataDirectory: since when, its connections, what it stored, its processor time and
        memory. The exit code is 1 when none runs.

        Examples:
          mychat status
          mychat status --json
        """;

    private const string AddText = """
        Usage: mychat user add NAME [--password-stdin] [--Key=value ...]

        Makes the account NAME. The password is asked for twice; when standard input is not a terminal, or with
        --password-stdin, it is the first line of standard input. It is never an argument, which others could see.

        Examples:
          mychat user add romeo
          mychat user add romeo --password-stdin < password.txt
        """;

    private const string PasswdText = """
        Usage: mychat user passwd NAME [--password-stdin] [--Key=value ...]

        Sets the password of the account NAME; it is asked for twice, or read from standard input as "user add" does.

        Examples:
          mychat user passwd romeo
          mychat user passwd romeo --password-stdin < password.txt
        """;

    private const string DeleteText = """
        Usage: mychat user delete NAME [--yes] [--Key=value ...]

        Deletes the account NAME with its contacts and messages. Asks first; --yes answers beforehand.

        Examples:
          mychat user delete romeo
          mychat user delete romeo --yes
        """;

    private const string ListText = """
        Usage: mychat user list [--json] [--Key=value ...]

        Lists the accounts by name, as a table or as JSON: an array of objects with "address" and "created".

        Examples:
          mychat user list
          mychat user list --json
        """;

    private const string BackupText = """
        Usage: mychat backup FILE [--json] [--quiet] [--Key=value ...]

        Writes all accounts, contacts, messages and settings, as they are at this moment, into FILE: one file for any kind of
        database, checksummed, readable by you only. The server goes on meanwhile. A backup that FILE already holds is replaced
        once the new one is whole. Keep it like the database itself: who has it can read all messages.

        Examples:
          mychat backup /backup/mychat.backup
          mychat backup "/backup/mychat-$(date +%F).backup" --quiet
        """;

    private const string RestoreText = """
        Usage: mychat restore FILE [--replace] [--json] [--quiet] [--Key=value ...]

        Puts a backup into the database that the configuration names, of whatever kind it was. The server must be stopped and
        the database empty; with --replace what is there goes. The whole file is checked before anything is changed.

        Examples:
          mychat restore /backup/mychat.backup
          mychat restore /backup/mychat.backup --replace
          mychat restore /backup/mychat.backup --Storage:Provider=postgres
        """;

    private const string CheckText = """
        Usage: mychat check [--repair] [--json] [--quiet] [--Key=value ...]

        Looks whether the database itself is whole, and whether what it holds fits together: accounts, mailboxes, messages, what
        was delivered, numbers. Only reads, and the server may run. With --repair, which needs a stopped server, it mends what
        can be mended and says what it did. The exit code is 1 when something is wrong.

        Examples:
          mychat check
          mychat check --repair
        """;

    private const string MoveText = """
        Usage: mychat move --to=sqlite|mysql|postgres [--to-connection-string=...] [--to-directory=FOLDER] [--replace]
                           [--json] [--quiet] [--Key=value ...]

        Carries all data from the database of the configuration into an empty one of another kind; the server must be stopped.
        When it is cut off, the same command goes on. At the end both are read again and compared, table by table; the old one
        stays as it is. The connection string may also stand in the environment (MYCHAT_TO_CONNECTION_STRING), where others do
        not see it. SQLite's file is in FOLDER, or in DataDirectory.

        Examples:
          mychat move --to=postgres --to-connection-string="Host=/run/postgresql;Database=mychat"
          mychat move --to=sqlite --Storage:Provider=mysql
        """;

    private const string PruneText = """
        Usage: mychat history prune [--days=N] [--messages=N] [--user=NAME] [--dry-run] [--yes] [--json] [--quiet] [--Key=value ...]

        Removes messages that are older than N days, and those that are older than the newest N of their account; with neither,
        what History:KeepDays and History:KeepMessages let go. Of all accounts, or of the account NAME. Each account's side goes
        by itself; what was not received yet stays. It asks first; --yes answers beforehand, and --dry-run only counts.

        Examples:
          mychat history prune --days=365 --dry-run
          mychat history prune --messages=10000 --user=romeo
        """;

    private const string ExportText = """
        Usage: mychat export USER [FILE] [--json] [--quiet] [--Key=value ...]
               mychat export --all FOLDER [--json] [--quiet] [--Key=value ...]

        Writes all that belongs to an account as XML that other servers read too (XEP-0227): the keys of the password, contacts,
        profile, private data, block list, what clients publish, undelivered messages, history. Without FILE it goes to standard
        output. With --all every account gets a file of its own in FOLDER, and server-data.xml includes them all.

        Examples:
          mychat export romeo romeo.xml
          mychat export --all exported
        """;

    private const string ImportText = """
        Usage: mychat import FILE [--json] [--quiet] [--Key=value ...]

        Makes the accounts of a file that mychat export or another server wrote (XEP-0227), with those that it includes. The
        names must be free and the domain this server's. It is done for all accounts or, when anything is wrong, for none.

        Examples:
          mychat import romeo.xml
          mychat import exported/server-data.xml
        """;

    private const string ShowText = """
        Usage: mychat user show NAME [--json] [--Key=value ...]

        Tells what is known about the account NAME: when it was made, whether it is connected, its messages.

        Examples:
          mychat user show romeo
          mychat user show romeo --json
        """;

    private const string DataNote = """

        Works on the server that runs in DataDirectory, or on the database itself when none does: give it the same configuration
        as the server. --quiet shows no progress; --json tells the result as JSON.
        """;

    private const string UserNote = """

        Works on the server that runs in DataDirectory, or opens the database itself when none does: give it the same
        configuration as the server.
        """;

    /// <exception cref="Failure">There is no such command.</exception>
    public static string For(string command) => command switch
    {
        "" or "help" => Overview + Configuration(),
        "serve" => ServeText + Configuration(),
        "status" => StatusText + Configuration(),
        "user" => string.Join("\n\n", AddText, PasswdText, DeleteText, ShowText, ListText) + "\n" + UserNote + Configuration(),
        "user add" => AddText + "\n" + UserNote + Configuration(),
        "user passwd" => PasswdText + "\n" + UserNote + Configuration(),
        "user delete" => DeleteText + "\n" + UserNote + Configuration(),
        "user show" => ShowText + "\n" + UserNote + Configuration(),
        "user list" => ListText + "\n" + UserNote + Configuration(),
        "backup" => BackupText + "\n" + DataNote + Configuration(),
        "restore" => RestoreText + Configuration(),
        "check" => CheckText + "\n" + DataNote + Configuration(),
        "move" => MoveText + Configuration(),
        "history" or "history prune" => PruneText + "\n" + DataNote + Configuration(),
        "export" => ExportText + "\n" + DataNote + Configuration(),
        "import" => ImportText + "\n" + DataNote + Configuration(),
        _ => throw Failure.Configuration($"{Failure.Printable(command)} is not a command; mychat help lists them"),
    };

    private static string Configuration()
    {
        var text = new StringBuilder("""


            Configuration, with the defaults. The first of these that sets a key wins: the command line (--Section:Key=value or
            --Section:Key value), the environment (MYCHAT__Section__Key), mychat.json in the current directory, mychat.json in
            DataDirectory. An empty value turns a listener off; 0 lifts a limit; port 0 picks a free port.


            """);
        foreach (var key in ConfigurationKeys.All)
        {
            text.Append("  ").Append(key.Name).Append('=').Append(key.Default).Append("\n      ").Append(key.Help).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
