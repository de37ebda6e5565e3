using System.Buffers;
using System.Globalization;
using System.Security;
using System.Text;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>The steps between a fresh connection and a bound resource, each in the order of RFC 6120: one question, one answer.</summary>
internal sealed class Negotiation(ClientTransport transport, InputReader input, OutputBuffer output, ConnectionOptions options)
{
    /// <summary>What the server offers now.</summary>
    public Element Features { get; private set; } = new(XNames.StreamFeatures);

    /// <summary>Opens a stream and reads the server's offers (RFC 6120 §4.2, §4.3; RFC 7395 §3.4).</summary>
    public async ValueTask OpenStreamAsync(CancellationToken cancellationToken)
    {
        input.Restart();
        var (start, end) = transport.IsFramed
            ? ("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing'", "/>")
            : ("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'", ">");
        var lang = options.Lang is null ? "" : $" xml:lang='{SecurityElement.Escape(options.Lang)}'";
        await SendAsync($"{start} to='{SecurityElement.Escape(options.Domain)}' version='1.0'{lang}{end}", cancellationToken).ConfigureAwait(false);
        if (await ReadAsync(cancellationToken).ConfigureAwait(false) is not StreamHeader { Version: "1.0" })
        {
            throw new NegotiationException("The server did not open a stream of XMPP 1.0.");
        }
        // RFC 6120 §4.3.2: the features come first.
        var features = await ReadElementAsync(cancellationToken).ConfigureAwait(false);
        Features = features.Name == XNames.StreamFeatures ? features : throw Unexpected("stream features", features);
    }

    /// <summary>RFC 6120 §5. Without TLS it goes on only where the caller allows it.</summary>
    public async ValueTask SecureAsync(CancellationToken cancellationToken)
    {
        if (!transport.IsSecure && transport.WantsStartTls && Features.Child(Names.StartTls) is not null)
        {
            await SendAsync(new Element(Names.StartTls), cancellationToken).ConfigureAwait(false);
            var answer = await ReadElementAsync(cancellationToken).ConfigureAwait(false);
            if (answer.Name != Names.Proceed)
            {
                throw Unexpected("<proceed/>", answer);
            }
            await transport.StartTlsAsync(cancellationToken).ConfigureAwait(false);
            await OpenStreamAsync(cancellationToken).ConfigureAwait(false);
        }
        if (!transport.IsSecure && !options.AllowPlaintext)
        {
            throw new NotSecureException("The server does not offer TLS on this connection.");
        }
    }

    /// <summary>RFC 6120 §6. Returns what SCRAM made of the password; null after PLAIN.</summary>
    public async ValueTask<SaltedKey?> AuthenticateAsync(LogIn logIn, CancellationToken cancellationToken)
    {
        var offered = Features.Child(Names.Mechanisms)?.Children(Names.Mechanism).Select(mechanism => mechanism.Text).ToList() ?? [];
        var secret = new ScramSecret(logIn);
        var choice = MechanismChoice.Choose(
            [.. offered.Where(secret.CanDo)],
            transport.ChannelBindings,
            Features.Child(Names.ChannelBindings)?.Children(Names.ChannelBinding).Select(binding => binding["type"] ?? "").ToList(),
            allowPlain: transport.IsSecure && options.AllowPlainMechanism && logIn.Password is not null)
            ?? throw new NotSecureException("The server offers no way to log in that is safe here.");
        try
        {
            if (choice.Scram is { } mechanism)
            {
                var scram = new ScramClient(mechanism, logIn.Username, logIn.Password)
                {
                    Binding = choice.Binding,
                    PlusOffered = choice.PlusOffered,
                    DeriveSaltedPassword = secret.DeriveAsync,
                };
                await ScramAsync(choice.Name, scram, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SendAsync(Auth(choice.Name, Plain.Encode(logIn.Username, logIn.Password!)), cancellationToken).ConfigureAwait(false);
                Require(Names.Success, await ReadSaslAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (SaslException failure)
        {
            // RFC 6120 §6.4.4. The server's answer to that changes nothing.
            await SendAsync(new Element(new XName(Ns.Sasl, "abort")), cancellationToken).ConfigureAwait(false);
            throw new AuthenticationException(failure.Condition, failure.Message, failure);
        }
        transport.MaxBytes = options.MaxStanzaBytes;
        await OpenStreamAsync(cancellationToken).ConfigureAwait(false);
        return secret.Used;
    }

    private async ValueTask ScramAsync(string name, ScramClient scram, CancellationToken cancellationToken)
    {
        await SendAsync(Auth(name, scram.First()), cancellationToken).ConfigureAwait(false);
        var challenge = Require(Names.Challenge, await ReadSaslAsync(cancellationToken).ConfigureAwait(false));
        var final = await scram.FinalAsync(SaslData.Decode(challenge.Text), cancellationToken).ConfigureAwait(false);
        await SendAsync(Response(final), cancellationToken).ConfigureAwait(false);

        var outcome = await ReadSaslAsync(cancellationToken).ConfigureAwait(false);
        if (outcome.Name == Names.Challenge)
        {
            // RFC 6120 §6.3.10: a server may also send its last word as a challenge, which an empty response answers.
            scram.Verify(SaslData.Decode(outcome.Text));
            await SendAsync(Response([]), cancellationToken).ConfigureAwait(false);
            Require(Names.Success, await ReadSaslAsync(cancellationToken).ConfigureAwait(false));
            return;
        }
        scram.Verify(SaslData.Decode(Require(Names.Success, outcome).Text));
    }

    /// <summary>XEP-0077 §3.1, before log-in.</summary>
    public async ValueTask RegisterAsync(string username, string password, CancellationToken cancellationToken)
    {
        var query = new Element(
            new XName(Names.Register, "query"),
            new Element(new XName(Names.Register, "username"), username),
            new Element(new XName(Names.Register, "password"), password));
        await RequestAsync(new Iq { Type = IqType.Set, Id = "register", To = Jid.Parse(options.Domain), Payload = new Payload(query) }, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>RFC 6120 §7.</summary>
    public async ValueTask<FullJid> BindAsync(string? resource, CancellationToken cancellationToken)
    {
        var wanted = resource is null ? null : new Element(new XName(Ns.Bind, "resource"), resource);
        var request = new Iq { Type = IqType.Set, Id = "bind", Payload = new Payload(new Element(Names.BindFeature, wanted)) };
        var result = await RequestAsync(request, cancellationToken).ConfigureAwait(false);
        var jid = result.Payload.Child(Names.BindFeature)?.Child(new XName(Ns.Bind, "jid"))?.Text;
        return FullJid.TryParse(jid, out var full) ? full : throw new NegotiationException("The server bound no resource.");
    }

    /// <summary>XEP-0198 §3; null where the server does not offer it, or refuses.</summary>
    public async ValueTask<StreamManagement?> EnableAsync(FullJid jid, CancellationToken cancellationToken)
    {
        if (Features.Child(Names.SmFeature) is null)
        {
            return null;
        }
        await SendAsync(new Element(new XName(Ns.StreamManagement, "enable"), ("resume", "true")), cancellationToken).ConfigureAwait(false);
        var answer = await ReadElementAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Name != Names.SmEnabled)
        {
            return answer.Name == Names.SmFailed ? null : throw Unexpected("<enabled/>", answer);
        }
        var max = uint.TryParse(answer["max"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return new StreamManagement(jid, answer["resume"] is "true" or "1" ? answer["id"] : null, max);
    }

    /// <summary>XEP-0198 §5; false when the stream cannot be resumed. Either way the server says what it had received, where it knows.</summary>
    public async ValueTask<bool> ResumeAsync(StreamManagement lost, CancellationToken cancellationToken)
    {
        if (lost.Id is null || Features.Child(Names.SmFeature) is null)
        {
            return false;
        }
        var resume = new Element(
            new XName(Ns.StreamManagement, "resume"), ("h", lost.Handled.ToString(CultureInfo.InvariantCulture)), ("previd", lost.Id));
        await SendAsync(resume, cancellationToken).ConfigureAwait(false);
        var answer = await ReadElementAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Name != Names.SmResumed && answer.Name != Names.SmFailed)
        {
            throw Unexpected("<resumed/>", answer);
        }
        if (TryReadCount(answer, out var h))
        {
            lost.Acknowledge(h);
        }
        return answer.Name == Names.SmResumed;
    }

    public static bool TryReadCount(Element nonza, out uint h) =>
        uint.TryParse(nonza["h"], NumberStyles.None, CultureInfo.InvariantCulture, out h);

    private async ValueTask<Iq> RequestAsync(Iq request, CancellationToken cancellationToken)
    {
        output.Add(request, (iq, bytes) => iq.WriteTo(bytes, transport.IsFramed), isStanza: false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        var answer = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (answer is not Iq { Type: IqType.Result or IqType.Error } iq || iq.Id != request.Id)
        {
            throw Unexpected("an answer", answer);
        }
        return iq.Type == IqType.Error
            ? throw new StanzaErrorException(StanzaError.Read(iq) ?? new StanzaError(StanzaErrorCondition.UndefinedCondition), iq)
            : iq;
    }

    private async ValueTask<Element> ReadSaslAsync(CancellationToken cancellationToken)
    {
        var answer = await ReadElementAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Name != Names.Failure)
        {
            return answer;
        }
        var name = answer.Elements.FirstOrDefault(child => child.Name.Local != "text")?.Name.Local ?? "";
        // RFC 6120 §6.5 lets later conditions be added; what is unknown is read as the general one.
        var condition = SaslConditions.TryParse(name, out var known) ? known : SaslCondition.NotAuthorized;
        throw new AuthenticationException(condition, answer.Child(new XName(Ns.Sasl, "text"))?.Text);
    }

    private async ValueTask<Element> ReadElementAsync(CancellationToken cancellationToken)
    {
        var item = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return item as Element ?? throw Unexpected("an element of the negotiation", item);
    }

    private async ValueTask<object> ReadAsync(CancellationToken cancellationToken) =>
        await input.ReadAsync(cancellationToken).ConfigureAwait(false) is { } received
            ? received.Item
            : throw new NegotiationException("The server closed the stream.");

    private ValueTask SendAsync(Element element, CancellationToken cancellationToken)
    {
        output.Add(element, (item, bytes) => item.WriteTo(bytes, transport.IsFramed ? "" : Ns.Client), isStanza: false);
        return output.FlushAsync(cancellationToken);
    }

    private ValueTask SendAsync(string xml, CancellationToken cancellationToken)
    {
        output.Add(xml, (text, bytes) => Encoding.UTF8.GetBytes(text, bytes), isStanza: false);
        return output.FlushAsync(cancellationToken);
    }

    private static Element Auth(string mechanism, byte[] first) =>
        new(new XName(Ns.Sasl, "auth"), ("mechanism", mechanism), SaslData.Encode(first));

    // RFC 6120 §6.4.2: "=" stands for no data in <auth/> and <success/>; an empty response is an empty element.
    private static Element Response(byte[] data) =>
        new(new XName(Ns.Sasl, "response"), data.Length == 0 ? null : SaslData.Encode(data));

    private static Element Require(XName name, Element answer) => answer.Name == name ? answer : throw Unexpected($"<{name.Local}/>", answer);

    private static NegotiationException Unexpected(string wanted, object got) => new(
        $"The server sent {(got is Element element ? element.Name : got is Stanza stanza ? stanza.Kind : "a stream header")} instead of {wanted}.");
}
