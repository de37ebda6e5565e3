using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Sessions;

/// <summary>
/// A part of the client (roster, notices, conversations …). The client calls one method of one part at a time, in the order of
/// <see cref="ChatClient"/>'s list: no locks are needed between these. Commands come from other threads and take <see cref="ClientContext.EnterAsync"/>.
/// </summary>
internal interface IClientPart
{
    /// <summary>Once, before anything is connected: takes from the store what is to be shown at once.</summary>
    ValueTask LoadAsync(CancellationToken cancellationToken);

    /// <summary>A new stream (not a resumed one) is there and initial presence is not sent: fetch the roster, turn carbons on …</summary>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Initial presence was sent, or the stream was resumed.</summary>
    ValueTask ReadyAsync(bool resumed, CancellationToken cancellationToken);

    /// <summary>Looks at a stanza; true: it is dealt with and no later part sees it. When it returns, what had to be kept is in the store: the
    /// stanza counts as handled (XEP-0198).</summary>
    ValueTask<bool> ReceiveAsync(Stanza stanza, CancellationToken cancellationToken);

    /// <summary>The stream is lost and cannot be resumed: nobody is known to be online any more.</summary>
    void Reset();
}

/// <summary>What the parts of one client share.</summary>
internal sealed class ClientContext
{
    public ChatOptions Options => throw new NotImplementedException();
    public BareJid Account => Options.Account;
    public IClientStore Store => throw new NotImplementedException();

    /// <summary>The bound resource; null before the first log-in.</summary>
    public FullJid? Jid => throw new NotImplementedException();

    /// <summary>Whether a stream is up (requests make sense).</summary>
    public bool IsConnected => throw new NotImplementedException();

    /// <summary>Now by the server's clock (XEP-0202), as far as it is known.</summary>
    public DateTimeOffset Now => throw new NotImplementedException();

    /// <summary>Whether the account's server or domain has a feature (XEP-0030): of the domain, or of the account itself.</summary>
    public bool ServerHas(string feature) => throw new NotImplementedException();

    /// <inheritdoc cref="Connections.XmppConnection.RequestAsync"/>
    public Task<Iq> RequestAsync(Iq request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Sends a stanza on the stream; with stream management it survives a resumption.</summary>
    /// <exception cref="Connections.XmppException">There is no connection.</exception>
    public ValueTask SendAsync(Stanza stanza, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The turn of one command or stanza: state is changed and the store written only inside. Not re-entrant; never held while waiting for an answer.</summary>
    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Commits inside a turn. A store that refuses is told as <see cref="ChatClient.StoreFault"/>; the client goes on in memory.</summary>
    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Tells the outside after the turn; several in a turn are told as one.</summary>
    public void Raise(Changes changes) => throw new NotImplementedException();

    /// <summary>Runs something after the turn that waits for answers (fetching a profile); its failure is logged, its end awaited at the stop.</summary>
    public void Run(Func<CancellationToken, Task> work) => throw new NotImplementedException();
}
