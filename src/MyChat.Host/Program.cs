using System.Text;
using MyChat.Host;
using MyChat.Host.Commands;

Console.OutputEncoding = Encoding.UTF8;
DataDirectory.KeepNewFilesPrivate();
return await CommandLine.RunAsync(args);
