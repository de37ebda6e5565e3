return await MyChat.Bench.BenchCommand.RunAsync(args, Console.Out, Console.Error);
