using MyChat.Desktop.Loopback;

var sockets = LoopbackSockets.Bind();
var address = new LoopbackAddress(Tickets.NewSecret()[..16] + ".localhost", sockets.Port);
var app = LoopbackHost.Build(sockets, address, _ => { });
Console.WriteLine(Gate.EnterAddress(address, app.Services.GetRequiredService<Tickets>().Issue(lasting: true)));
await app.RunAsync();
