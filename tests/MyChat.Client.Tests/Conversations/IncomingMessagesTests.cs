using System.Globalization;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Testing.Servers;

namespace MyChat.Client.Tests.Conversations;

/// <summary>What others send by hand: doubled, forged, wrong. A fence message after it shows that it was looked at.</summary>
public sealed class IncomingMessagesTests : IAsyncLifetime
{
    private World _world = null!;
    private TestDevice _juliet = null!;
    private XmppConnection _tybalt = null!;
    private Func<string, string> _edit = piece => piece;
    private int _fences;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync();
        _juliet = await _world.Enter("juliet", options: options => options with
        {
            Dial = (_, _) => ValueTask.FromResult<ClientTransport>(
                new EditedTransport(_world.Server.Connect(PlayTransport.Tls).Transport, piece => _edit(piece))),
        });
        _tybalt = await XmppConnection.OpenAsync(
            _world.Server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = "verona.lit" });
        await _tybalt.LogInAsync(new LogIn("tybalt", "secret") { Resource = "r" });
    }

    public async ValueTask DisposeAsync()
    {
        await _tybalt.DisposeAsync();
        await _world.DisposeAsync();
    }

    private Conversation Theirs => _juliet.Client.Conversations[World.Jid("tybalt")];

    private async Task Sends(params string[] stanzas)
    {
        foreach (var stanza in stanzas)
        {
            await _tybalt.SendAsync(stanza);
        }
        var fence = $"fence {++_fences}";
        await _tybalt.SendAsync($"<message to='juliet@verona.lit' type='chat'><body>{fence}</body></message>");
        await _juliet.Sees(() => Theirs.Summary.Last?.Body == fence);
    }

    private async Task<string[]> Shown()
    {
        using var view = await Theirs.OpenAsync();
        return [.. view.Items.Select(message => message.Body).Where(body => !body.StartsWith("fence ", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_message_that_is_sent_again_with_its_origin_id_is_shown_once()
    {
        const string Same = "<message to='juliet@verona.lit' type='chat' id='a'><body>x</body><origin-id xmlns='urn:xmpp:sid:0' id='a'/></message>";
        await Sends(Same, Same);
        Assert.Equal(["x"], await Shown());
        Assert.Equal(2, Theirs.Summary.Unread);
    }

    [Fact]
    public async Task An_id_that_a_poor_client_uses_again_for_another_text_hides_nothing()
    {
        await Sends(
            "<message to='juliet@verona.lit' type='chat' id='1'><body>x</body></message>",
            "<message to='juliet@verona.lit' type='chat' id='1'><body>y</body></message>",
            "<message to='juliet@verona.lit' type='chat'><body>z</body></message>",
            "<message to='juliet@verona.lit' type='chat'><body>z</body></message>");
        Assert.Equal(["x", "y", "z", "z"], await Shown());
    }

    [Theory]
    [InlineData("sent")]
    [InlineData("received")]
    public async Task A_carbon_that_somebody_else_made_up_shows_nothing(string kind)
    {
        await Sends(
            $"<message to='juliet@verona.lit' type='chat'><{kind} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='juliet@verona.lit/x' to='romeo@verona.lit' type='chat'><body>I hate thee</body></message>"
            + $"</forwarded></{kind}><body>bait</body></message>",
            $"<message to='juliet@verona.lit' type='chat'><{kind} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='romeo@verona.lit/x' to='juliet@verona.lit' type='chat'><body>I hate thee</body></message>"
            + $"</forwarded></{kind}><body>bait</body></message>");
        Assert.Empty(await Shown());
        Assert.DoesNotContain(_juliet.Client.Conversations.All, summary => summary.Jid.Equals(World.Jid("romeo")));
    }

    [Fact]
    public async Task Errors_rooms_headlines_and_empty_messages_show_nothing()
    {
        await Sends(
            "<message to='juliet@verona.lit' type='error' id='q'><body>x</body><error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>",
            "<message to='juliet@verona.lit' type='headline'><body>x</body></message>",
            "<message to='juliet@verona.lit' type='chat'><body/></message>",
            "<message to='juliet@verona.lit' type='chat'><subject>x</subject></message>");
        Assert.Empty(await Shown());
    }

    [Fact]
    public async Task A_delay_that_is_not_the_servers_moves_nothing_back()
    {
        await Sends("<message to='juliet@verona.lit' type='chat'><body>old?</body><delay xmlns='urn:xmpp:delay' from='tybalt@verona.lit' stamp='2001-01-01T00:00:00Z'/></message>");
        using var view = await Theirs.OpenAsync();
        Assert.Equal((false, "old?"), (view.Items[0].WasDelayed, view.Items[0].Body));
        Assert.True(view.Items[0].Time.Year > 2001);
    }

    [Theory]
    [InlineData(0, "came at once", "was held up")]
    [InlineData(-60, "was held up", "came at once")]
    public async Task What_was_held_up_follows_what_came_before_it_unless_that_must_have_been_sent_later(int seconds, params string[] shown)
    {
        // Sent before the other one was here, as the server says; but perhaps after that was sent.
        var stamp = DateTimeOffset.UtcNow.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        _edit = piece => piece.Contains("was held up", StringComparison.Ordinal)
            ? piece.Replace("</message>", $"<delay xmlns='urn:xmpp:delay' from='verona.lit' stamp='{stamp}'/></message>", StringComparison.Ordinal)
            : piece;
        await Sends("<message to='juliet@verona.lit' type='chat'><body>came at once</body></message>");
        await Sends("<message to='juliet@verona.lit' type='chat'><body>was held up</body></message>");
        Assert.Equal(shown, await Shown());
    }

    [Fact]
    public async Task A_receipt_or_marker_or_error_of_somebody_else_changes_nothing()
    {
        var romeo = await _world.Enter("romeo");
        await _juliet.Befriends(romeo);
        await romeo.Client.Self.SetPreferencesAsync(new() { SendReceipts = false, SendReadMarkers = false });
        var sent = await _juliet.With(romeo).SendAsync("Ay me");
        await _juliet.Sees(() => _juliet.With(romeo).Summary.Last!.State == MessageState.Sent);
        await Sends(
            $"<message to='juliet@verona.lit' type='chat'><received xmlns='urn:xmpp:receipts' id='{sent.Id}'/></message>",
            $"<message to='juliet@verona.lit' type='chat'><displayed xmlns='urn:xmpp:chat-markers:0' id='{sent.Id}'/></message>",
            $"<message to='juliet@verona.lit' type='error' id='{sent.Id}'><error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        Assert.Equal(MessageState.Sent, _juliet.With(romeo).Summary.Last!.State);
    }

    [Fact]
    public async Task A_look_that_there_is_not_is_left_out()
    {
        await Sends(
            "<message to='juliet@verona.lit' type='chat'><body>x</body>"
            + "<format xmlns='urn:mychat:format:0' font='url(evil)' size='99999999' bold='1' italic='yes' color='red;x'/></message>",
            "<message to='juliet@verona.lit' type='chat'><body>y</body><format xmlns='urn:mychat:format:0' size='-3' color='#12345'/></message>");
        using var view = await Theirs.OpenAsync();
        Assert.Equal(new MessageFormat(null, 22, Bold: true, Italic: false, Underline: false, null), view.Items[0].Format);
        Assert.Null(view.Items[1].Format);
    }
}
