using Microsoft.Extensions.DependencyInjection;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Tests.Accounts;

/// <summary>An account does one thing at a time.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task What_a_handler_wrote_leaves_while_it_waits_and_nothing_else_happens_to_its_session_meanwhile()
    {
        var slow = new Slow();
        await using var play = await Play.With(PlayTransport.Memory, new TestServerOptions { Modules = [slow] });
        var romeo = await play.Enter("romeo/orchard", presence: false, management: Management.Manual);

        await romeo.Sends("<iq type='set' id='1'><slow xmlns='urn:example:slow'/></iq>");
        await romeo.Receives("<message …><body>one moment</body></message>");
        slow.Gate.SetResult();
        // The session's queue is the handler's until it is through: the server asks for an acknowledgement only then.
        await romeo.Receives("<iq type='result' id='1' …/>");
        await romeo.Receives("<r xmlns='urn:xmpp:sm:3'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Work_that_fails_and_fails_again_at_saying_so_stops_nothing()
    {
        var server = await TestServer.StartAsync(PlayTransport.Memory);
        await using var play = new Play(server, PlayTransport.Memory);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        server.Services.GetRequiredService<XmppServer>().Accounts.Post(romeo.Jid.Bare, new Hopeless());
        await romeo.Sends("<iq type='get' id='1'><unknown xmlns='urn:example'/></iq>");
        await romeo.Receives("<iq type='error' id='1' …>…</iq>");
    }

    private sealed class Hopeless : IAccountWork
    {
        public ValueTask RunAsync(Account account) => throw new InvalidOperationException("It does not work.");

        public void Fail(Exception reason) => throw new InvalidOperationException("Nor does this.", reason);
    }

    private sealed class Slow : IXmppModule
    {
        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Configure(ModuleBuilder module) =>
            module.OnIq(IqType.Set, IqTargets.Self, new XName("urn:example:slow", "slow"), AnswerLater);

        private async ValueTask<IqReply> AnswerLater(IqRequest request, CancellationToken cancellation)
        {
            request.Session!.Send(new Message { To = request.From, Payload = new Payload(new Element(XNames.Body, "one moment")) });
            await Gate.Task;
            return IqReply.Empty;
        }
    }
}
