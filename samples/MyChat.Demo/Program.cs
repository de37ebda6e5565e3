using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MyChat.Client.Roster;
using MyChat.Demo;

if (args is not [var serverProgram, var desktopProgram, .. var desktopArguments])
{
    Console.Error.WriteLine("usage: mychat-demo PATH-OF-mychat PATH-OF-mychat-desktop [options of mychat-desktop]");
    return 2;
}

using var end = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

var directory = Directory.CreateTempSubdirectory("mychat-demo-").FullName;
try
{
    await using var server = await DemoServer.StartAsync(serverProgram, Directory.CreateDirectory(Path.Combine(directory, "server")).FullName, end.Token);
    var folders = await PrepareAsync(server);
    await ShowAsync(folders);
    return 0;
}
catch (OperationCanceledException) when (end.IsCancellationRequested)
{
    return 0;
}
finally
{
    Directory.Delete(directory, recursive: true);
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    end.Cancel();
}

// Two friends who have just begun to chat; the data folders of their desktops.
async Task<IReadOnlyList<string>> PrepareAsync(DemoServer server)
{
    Console.WriteLine("Two friends register, and chat a little ...");
    string[] folders = [Path.Combine(directory, "alice"), Path.Combine(directory, "xiaoming")];
    var password = RandomNumberGenerator.GetHexString(16);
    await using var alice = await DemoPerson.RegisterAsync(server, folders[0], "alice", "Alice", password, end.Token);
    await using var ming = await DemoPerson.RegisterAsync(server, folders[1], "xiaoming", "小明", password, end.Token);

    await ming.Client.Contacts.AskAsync(alice.Account, "你好，我是小明！", end.Token);
    await alice.WhenAsync(client => client.Notices.All.Any(notice => notice.Kind == NoticeKind.Request), end.Token);
    await alice.Client.Notices.AgreeAsync(ming.Account, end.Token);
    await alice.WhenAsync(client => client.Contacts[ming.Account].Friendship == Friendship.Friends, end.Token);
    await ming.WhenAsync(client => client.Contacts[alice.Account].Friendship == Friendship.Friends, end.Token);

    (DemoPerson From, DemoPerson To, string Text)[] lines =
    [
        (ming, alice, "你好，Alice！这是 MyChat，我们自己的聊天程序。"),
        (alice, ming, "Hi 小明! It runs on your own machine? 😀"),
        (ming, alice, "对，服务器、聊天记录，全都在这台电脑上。"),
        (alice, ming, "Then write something in the other window, and I will see it here."),
    ];
    foreach (var (from, to, text) in lines)
    {
        await from.Client.Conversations[to.Account].SendAsync(text, cancellationToken: end.Token);
        await to.WhenAsync(client => client.Conversations[from.Account].Summary.Last?.Body == text, end.Token);
        await to.Client.Conversations[from.Account].MarkReadAsync(end.Token);
    }

    await alice.HandOverAsync(end.Token);
    await ming.HandOverAsync(end.Token);
    return folders;
}

// A window for each, until both are closed or the user has enough.
async Task ShowAsync(IReadOnlyList<string> folders)
{
    var desktops = new List<Process>();
    try
    {
        foreach (var folder in folders)
        {
            var desktop = Children.Start(desktopProgram, ["--data", folder, .. desktopArguments], directory);
            desktop.OutputDataReceived += static (_, _) => { };
            desktop.BeginOutputReadLine();
            desktops.Add(desktop);
        }

        Console.WriteLine("Two windows open: one is Alice's, the other 小明's. Write in one and read in the other.");
        Console.WriteLine("Close both, or press Ctrl+C here, and everything is gone again.");
        await Task.WhenAll(desktops.Select(desktop => desktop.WaitForExitAsync(end.Token)));
    }
    finally
    {
        await Task.WhenAll(desktops.Select(Children.EndAsync));
    }
}
