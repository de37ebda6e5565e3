using System.Globalization;
using MyChat.Client.Connections;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Sessions;

/// <summary>What is known of the server: its features (XEP-0030) and its clock (XEP-0202). Asked anew on each stream.</summary>
internal sealed class ServerFacts(ClientContext context) : IClientPart
{
    /// <summary>The clocks' answers are whole seconds: less says nothing.</summary>
    public static readonly TimeSpan ClockBlur = TimeSpan.FromSeconds(1.5);

    private volatile HashSet<string> _features = [];
    private long _clockOffset;

    /// <summary>How far the server's clock is ahead of this machine's; zero until it is known.</summary>
    public TimeSpan ClockOffset => new(Interlocked.Read(ref _clockOffset));

    public bool Has(string feature) => _features.Contains(feature);

    public ValueTask LoadAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        context.Run(AskClockAsync);
        var answers = await Task.WhenAll(
            AskFeaturesAsync(context.Account.Domain, cancellationToken),
            AskFeaturesAsync(context.Account, cancellationToken)).ConfigureAwait(false);
        _features = [.. answers.SelectMany(features => features)];
    }

    public ValueTask ReadyAsync(bool resumed, CancellationToken cancellationToken)
    {
        if (resumed)
        {
            // A machine that slept may have set its clock.
            context.Run(AskClockAsync);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> ReceiveAsync(Stanza stanza, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public void Reset() { }

    private async Task<IEnumerable<string>> AskFeaturesAsync(BareJid jid, CancellationToken cancellationToken)
    {
        try
        {
            var request = new Iq { Type = IqType.Get, To = jid, Payload = new Payload(new Element(Disco.Info)) };
            var answer = await context.RequestAsync(request, cancellationToken).ConfigureAwait(false);
            return answer.Payload.Child(Disco.Info)?.Children(Disco.Feature).Select(feature => feature["var"]).OfType<string>() ?? [];
        }
        catch (StanzaErrorException)
        {
            return [];
        }
    }

    private async Task AskClockAsync(CancellationToken cancellationToken)
    {
        var time = context.Options.Time;
        try
        {
            var request = new Iq { Type = IqType.Get, To = context.Account.Domain, Payload = new Payload(new Element(EntityTime.Time)) };
            var asked = time.GetTimestamp();
            var answer = await context.RequestAsync(request, cancellationToken).ConfigureAwait(false);
            if (ReadUtc(answer) is { } utc)
            {
                var offset = utc + (time.GetElapsedTime(asked) / 2) - time.GetUtcNow();
                Interlocked.Exchange(ref _clockOffset, offset.Duration() < ClockBlur ? 0 : offset.Ticks);
            }
        }
        catch (XmppException)
        {
            // Without it this machine's own clock must do.
        }
    }

    private static DateTimeOffset? ReadUtc(Iq answer) =>
        DateTimeOffset.TryParse(
            answer.Payload.Child(EntityTime.Time)?.Child(EntityTime.Utc)?.Text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var utc) ? utc : null;
}
