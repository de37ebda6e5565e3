using MyChat.Bench;

// One thread that sleeps in epoll and works on what it wakes up for: half the processor time of handing it to a pool. Only before the first socket.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    // The first ends the run with what was measured so far, the second ends the program.
    press.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
return await BenchCommand.RunAsync(args, Console.Out, Console.Error, stop.Token);
