using System.Globalization;
using System.Net.Sockets;
using MyChat.Client.Connections;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.EndToEnd.Promises;

/// <summary>A client that stops reading: it slows nobody, costs no memory, and its messages wait.</summary>
public sealed class SlowReaderTests
{
    private const int BodyBytes = 48 * 1024;

    [Fact]
    public async Task Who_never_reads_slows_no_sender_fills_no_memory_and_misses_nothing()
    {
        var count = TestRun.IsFull ? 4000 : 3000;
        await using var server = await ServerProcess.StartAsync(
            ["--Limits:UndeliveredPerSenderAndAccount=0", "--Limits:BytesPerSecondPerSession=0"], Clients.Domain);
        await server.RegisterAsync("romeo", Play.PasswordOf("romeo"));
        await server.RegisterAsync("juliet", Play.PasswordOf("juliet"));
        await using var romeo = await Clients.LogInAsync(server, new LogIn("romeo", Play.PasswordOf("romeo")) { StreamManagement = true });
        var link = new StallingStream(await DialAsync(server));
        await using var deaf = await XmppConnection.OpenAsync(
            new StreamTransport(link, Clients.Domain, TlsMode.Direct, ServerTrust.Ask((_, _) => true)),
            new ConnectionOptions { Domain = Clients.Domain });
        await deaf.LogInAsync(new LogIn("juliet", Play.PasswordOf("juliet")) { Resource = "phone", StreamManagement = true });
        await deaf.SendAsync("<presence/>");
        // As much as it takes for the server's memory to have its working size, while the reader keeps up.
        await SendAsync(romeo, 0, count / 2);
        Assert.Equal(0, await ReceiveAsync(deaf, count / 2));

        link.Stall();
        var before = Resident(server);
        await SendAsync(romeo, count / 2, count); // acknowledged, though nobody reads
        var grown = Resident(server) - before;
        var sent = (long)(count - (count / 2)) * BodyBytes;
        TestRun.Say($"{sent / 1024} KB sent to a client that does not read; the server grew by {grown / 1024} KB");
        Assert.True(grown < sent / 2, $"the server grew by {grown} bytes while {sent} were sent");

        // The same device comes back: the older session ends, and what it never took goes to the new one.
        await using var back = await Clients.LogInAsync(
            server, new LogIn("juliet", Play.PasswordOf("juliet")) { Resource = "phone", StreamManagement = true });
        await back.SendAsync("<presence/>");
        // What it took and had not yet confirmed may come again; from there on all comes, once and in order.
        Assert.InRange(await ReceiveAsync(back, count), 0, count / 2);
    }

    /// <summary>Sends these numbers, and waits until all are acknowledged.</summary>
    private static async Task SendAsync(XmppConnection romeo, int first, int end)
    {
        var text = new string('x', BodyBytes);
        for (var i = first; i < end; i++)
        {
            romeo.Post($"<message to='juliet@{Clients.Domain}' type='chat'><body>{i} {text}</body></message>");
            if (i % 50 == 0)
            {
                await romeo.FlushAsync();
            }
        }
        await romeo.FlushAsync();
        await romeo.ConfirmAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Takes what comes up to the last of so many, without a gap; returns the first.</summary>
    private static async Task<int> ReceiveAsync(XmppConnection juliet, int end)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (first, last) = (-1, -1);
        await foreach (var received in juliet.ReceiveAsync(patience.Token))
        {
            if (received.Item is not Message { Type: MessageType.Chat } message)
            {
                continue;
            }
            var body = message.Payload.Child(XNames.Body)!.Text;
            var number = int.Parse(body.AsSpan(0, body.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
            Assert.True(first == -1 || number == last + 1, $"{number} came after {last}");
            (first, last) = (first == -1 ? number : first, number);
            if (last == end - 1)
            {
                return first;
            }
        }
        throw new InvalidOperationException($"The stream ended after message {last}.");
    }

    private static async Task<NetworkStream> DialAsync(ServerProcess server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", server.TlsPort);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static long Resident(ServerProcess server)
    {
        using var process = System.Diagnostics.Process.GetProcessById(server.Id);
        return process.WorkingSet64;
    }
}
