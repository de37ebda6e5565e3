using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Streams;

/// <summary>
/// What may come when (RFC 6120 §4.3), as a table: state, element, who handles it, and the state that follows when it succeeds. Anything not in
/// the table ends the stream. The features offered are those that the table can take.
/// </summary>
internal sealed class StreamNegotiation
{
    private static readonly XName StartTls = new(Ns.Tls, "starttls");
    private static readonly XName Proceed = new(Ns.Tls, "proceed");
    private static readonly XName Required = new(Ns.Tls, "required");
    private static readonly XName Auth = new(Ns.Sasl, "auth");
    private static readonly XName Response = new(Ns.Sasl, "response");
    private static readonly XName AbortSasl = new(Ns.Sasl, "abort");
    private static readonly XName Bind = new(Ns.Bind, "bind");
    private static readonly XName Resource = new(Ns.Bind, "resource");
    private static readonly XName BoundJid = new(Ns.Bind, "jid");
    private static readonly XName SmFeature = new(Ns.StreamManagement, "sm");

    private static readonly Row[] Table =
    [
        new(StreamState.Stranger, StartTls, (self, _) => self.StartTlsAsync(), StreamState.Opening),
        new(StreamState.Stranger, XNames.Iq, (self, item) => self.AnswerStrangerAsync((Iq)item), StreamState.Stranger),
        new(StreamState.Stranger, Auth, (self, item) => self._sasl.BeginAsync((Element)item), StreamState.Reopening),
        new(StreamState.Authenticating, Response, (self, item) => self._sasl.ContinueAsync((Element)item), StreamState.Reopening),
        new(StreamState.Authenticating, AbortSasl, (self, _) => self._sasl.AbortAsync(), StreamState.Stranger),
        new(StreamState.Authenticated, StreamManagement.Resume, (self, item) => self.ResumeAsync((Element)item), StreamState.Bound),
        new(StreamState.Authenticated, XNames.Iq, (self, item) => self.BindAsync((Iq)item), StreamState.Bound),
    ];

    private readonly ClientStream _stream;
    private readonly SaslNegotiation _sasl;

    private sealed record Row(StreamState State, XName Element, Func<StreamNegotiation, object, ValueTask<bool>> Handle, StreamState Next);

    public StreamNegotiation(ClientStream stream) => (_stream, _sasl) = (stream, new SaslNegotiation(stream));

    private XmppServer Server => _stream.Server;

    /// <summary>As whom the client tries to log in; may be read from anywhere.</summary>
    public BareJid? Claimed => _sasl.Claimed;

    /// <summary>A stream header came (RFC 6120 §4.7): answers with ours and what is on offer.</summary>
    public ValueTask OpenAsync(StreamHeader header)
    {
        if (_stream.State is not (StreamState.Opening or StreamState.Reopening))
        {
            throw new XmlStreamException(StreamErrorCondition.BadFormat, "A stream header came where none may.");
        }
        _stream.SendHeader();
        if (Refusal(header) is { } error)
        {
            _stream.End(error, resumable: true);
            return default;
        }
        _stream.State = _stream.User is null ? StreamState.Stranger : StreamState.Authenticated;
        StreamHeaders.Features(_stream.Output, _stream.IsFramed, _stream.User is null ? FeaturesForStrangers() : FeaturesForUsers());
        return default;
    }

    /// <summary>An element before a resource is bound.</summary>
    public async ValueTask HandleAsync(object item)
    {
        var name = item switch
        {
            Stanza stanza => new XName(Ns.Client, stanza.Kind),
            Element element => element.Name,
            _ => default,
        };
        var row = Array.Find(Table, row => row.State == _stream.State && row.Element == name);
        if (row is null)
        {
            End(_stream.State == StreamState.Authenticated ? StreamErrorCondition.PolicyViolation : StreamErrorCondition.NotAuthorized,
                $"<{name.Local}/> may not come now."); // §4.9.3.12
        }
        else if (await row.Handle(this, item))
        {
            _stream.State = row.Next;
        }
    }

    /// <summary>An element that is no stanza, on a bound stream.</summary>
    public void HandleBound(Element element)
    {
        var session = _stream.Session!;
        if (element.Name == StreamManagement.Request)
        {
            var received = _stream.Inbound?.Received ?? 0;
            _stream.Post(new AccountAction(_ =>
            {
                if (session.Management is not null)
                {
                    AnswerWork.Ask(session, received);
                }
                return default;
            }));
        }
        else if (element.Name == StreamManagement.Answer)
        {
            _stream.Post(new AccountAction(_ =>
            {
                Acknowledge(session, element);
                return default;
            }));
        }
        else if (element.Name == StreamManagement.Enable)
        {
            EnableManagement(session, element);
        }
        else if (Server.Modules.Nonzas.TryGetValue(element.Name, out var handler))
        {
            _stream.Post(new AccountAction(_ =>
            {
                handler(session, element);
                return default;
            }));
        }
        else
        {
            End(StreamErrorCondition.UnsupportedStanzaType, $"<{element.Name.Local}/> is not known here.");
        }
    }

    private IEnumerable<Element> FeaturesForStrangers()
    {
        if (_stream.Transport.CanStartTls)
        {
            yield return new Element(StartTls, Server.Options.C2s.AllowPlaintext ? null : new Element(Required));
        }
        if (!_stream.IsPrivateEnough)
        {
            yield break; // RFC 6120 §5.3.1: nothing else while TLS is required
        }
        foreach (var feature in _sasl.Features())
        {
            yield return feature;
        }
        foreach (var feature in Server.Modules.FeaturesBeforeLogin)
        {
            if (feature(_stream) is { } element)
            {
                yield return element;
            }
        }
    }

    private IEnumerable<Element> FeaturesForUsers()
    {
        yield return new Element(Bind);
        yield return new Element(new XName(Ns.Session, "session"), new Element(new XName(Ns.Session, "optional"))); // RFC 6121 §1.4
        yield return new Element(SmFeature);
        foreach (var feature in Server.Modules.FeaturesAfterLogin)
        {
            if (feature(_stream) is { } element)
            {
                yield return element;
            }
        }
    }

    private StreamError? Refusal(StreamHeader header)
    {
        if (!_stream.IsFramed && header.Name != XNames.Stream)
        {
            return new StreamError(header.Name.Local == "stream" ? StreamErrorCondition.InvalidNamespace : StreamErrorCondition.BadFormat);
        }
        if (header.DefaultNs != Ns.Client)
        {
            return new StreamError(StreamErrorCondition.InvalidNamespace, "This port is for clients.");
        }
        if (header.To is null || !Jid.TryParse(header.To, out var to) || !to.Equals(Server.Domain))
        {
            return new StreamError(StreamErrorCondition.HostUnknown, $"This server is {Server.Domain}.");
        }
        if (header.Version is not { } version || !version.StartsWith("1.", StringComparison.Ordinal))
        {
            return new StreamError(StreamErrorCondition.UnsupportedVersion, "XMPP 1.0 is spoken here.");
        }
        return null;
    }

    private async ValueTask<bool> StartTlsAsync()
    {
        if (!_stream.Transport.CanStartTls)
        {
            End(StreamErrorCondition.PolicyViolation, "TLS cannot be started here.");
            return false;
        }
        if (_stream.Transport.HasUnread)
        {
            // Bytes said in the clear must not count as said inside TLS (RFC 6120 §5.4.3.3).
            End(StreamErrorCondition.PolicyViolation, "Nothing may follow <starttls/>.");
            return false;
        }
        _stream.Output.Write(Nonzas.Of(new Element(Proceed)));
        await _stream.Output.FlushAsync();
        await _stream.StartTlsAsync();
        return true;
    }

    private async ValueTask<bool> AnswerStrangerAsync(Iq iq)
    {
        if (iq.Type is IqType.Result or IqType.Error)
        {
            return true;
        }
        var handler = _stream.IsPrivateEnough && iq.Defect is null ? Server.Modules.FindStrangerIq(iq.Type, iq.Payload.First) : null;
        if (handler is null)
        {
            Write(iq.ToError(new StanzaError(iq.Defect ?? StanzaErrorCondition.NotAuthorized)));
            return true;
        }
        var reply = await handler(_stream, iq, CancellationToken.None);
        Write(reply.To(iq) with { From = Server.Domain, To = null });
        return true;
    }

    private async ValueTask<bool> BindAsync(Iq iq)
    {
        if (iq.Type == IqType.Set && iq.Payload.First == new XName(Ns.Session, "session"))
        {
            Write(iq.ToResult());
            return false;
        }
        if (iq.Defect is not null || iq.Type != IqType.Set || iq.Payload.Child(Bind) is not { } bind)
        {
            Write(iq.ToError(new StanzaError(iq.Defect ?? StanzaErrorCondition.NotAllowed, "Bind a resource first."))); // RFC 6120 §7.3.1
            return false;
        }
        return await Server.Router.AskAsync(_stream.User!, async account =>
        {
            if (_stream.IsEnding)
            {
                return false; // its password was changed meanwhile, or its account removed
            }
            var (session, error) = await Server.Sessions.BindAsync(account, _stream, bind.Child(Resource)?.Text);
            if (session is null)
            {
                Write(iq.ToError(error!));
                return false;
            }
            _stream.Bind(session);
            session.Send(iq.ToResult(new Element(Bind, new Element(BoundJid, session.Jid.ToString()))) with { To = null });
            return true;
        });
    }

    private void EnableManagement(Session session, Element enable)
    {
        if (_stream.Inbound is not null)
        {
            _stream.Post(new AccountAction(_ =>
            {
                session.Delivery.WriteNonza(Nonzas.Of(Failure("unexpected-request")));
                return default;
            }));
            return;
        }
        var seconds = Server.Options.Limits.ResumeSeconds;
        var resume = seconds > 0 && enable["resume"] is "true" or "1";
        var management = new StreamManagement(resume ? SessionLifecycle.NewResumptionId() : null);
        _stream.Inbound = management.Inbound; // what is read from here on counts; what is written, from <enabled/> on
        _stream.Post(new AccountAction(_ =>
        {
            session.Delivery.Enable(management);
            session.Delivery.WriteNonza(Nonzas.Enabled(management, seconds));
            return default;
        }));
    }

    private async ValueTask<bool> ResumeAsync(Element resume)
    {
        if (resume["previd"] is not { } id || !uint.TryParse(resume["h"], out var h))
        {
            _stream.Output.Write(Nonzas.Of(Failure("bad-request")));
            return false;
        }
        var session = await Server.Router.AskAsync<Session?>(_stream.User!, account => new(SessionLifecycle.FindResumable(account, id)));
        if (session is null)
        {
            _stream.Output.Write(Nonzas.Of(Failure("item-not-found")));
            return false;
        }
        if (session.Stream is { } older)
        {
            older.End(new StreamError(StreamErrorCondition.Conflict, "The stream was resumed on another connection."), resumable: true);
            await older.Completion;
        }
        await session.Management!.Inbound.WhenAllHandled(); // all that was read from the old stream is committed or refused
        var resumed = await Server.Router.AskAsync<bool?>(_stream.User!, account =>
        {
            if (session.HasEnded || session.Stream is not null)
            {
                return new((bool?)null);
            }
            _stream.Bind(session);
            _stream.Inbound = session.Management.Inbound;
            return new(Server.Sessions.Resume(session, _stream, h));
        });
        if (resumed is null)
        {
            _stream.Output.Write(Nonzas.Of(Failure("item-not-found")));
        }
        else if (resumed == false)
        {
            EndTooHigh(h, session);
        }
        return resumed == true;
    }

    private void Acknowledge(Session session, Element answer)
    {
        if (session.Management is null)
        {
            return;
        }
        if (!uint.TryParse(answer["h"], out var h))
        {
            End(StreamErrorCondition.InvalidXml, "An <a/> says h.");
        }
        else if (!session.Delivery.Acknowledge(h))
        {
            EndTooHigh(h, session);
        }
    }

    // XEP-0198 §4: who acknowledges what was never sent cannot be trusted with the rest.
    private void EndTooHigh(uint h, Session session) => _stream.End(
        new StreamError(
            StreamErrorCondition.UndefinedCondition,
            "You acknowledged more stanzas than you were sent.",
            new Element(StreamManagement.HandledCountTooHigh, ("h", $"{h}"), ("send-count", $"{session.Delivery.Sent}"))),
        resumable: false);

    private static Element Failure(string condition) =>
        new(StreamManagement.Failed, new Element(new XName(Ns.StanzaErrors, condition)));

    private void Write(Stanza stanza) =>
        _stream.Output.Write((stanza, _stream.IsFramed), static (output, state) => state.stanza.WriteTo(output, state.IsFramed));

    private void End(StreamErrorCondition condition, string text) => _stream.End(new StreamError(condition, text), resumable: true);
}
