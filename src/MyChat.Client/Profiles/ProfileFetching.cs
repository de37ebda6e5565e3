using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Profiles;

/// <summary>Fetches profiles that are wanted, a few at a time, each once.</summary>
internal sealed class ProfileFetching(ClientContext context)
{
    private const int MostAtOnce = 3;
    private readonly Lock _gate = new();
    private readonly Queue<BareJid> _waiting = new();
    private readonly HashSet<BareJid> _wanted = [];
    private int _working;

    public void Want(BareJid jid)
    {
        lock (_gate)
        {
            if (!context.IsConnected || !_wanted.Add(jid))
            {
                return;
            }
            _waiting.Enqueue(jid);
            if (_working == MostAtOnce)
            {
                return;
            }
            _working++;
        }
        context.Run(WorkAsync);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (TryTake(out var jid))
        {
            try
            {
                await context.Profiles.FetchAsync(jid, cancellationToken).ConfigureAwait(false);
            }
            catch (XmppException)
            {
                // Another time: nothing says that it was fetched.
            }
            finally
            {
                lock (_gate)
                {
                    _wanted.Remove(jid);
                }
            }
        }
    }

    private bool TryTake(out BareJid jid)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out jid!))
            {
                return true;
            }
            _working--;
            return false;
        }
    }
}
