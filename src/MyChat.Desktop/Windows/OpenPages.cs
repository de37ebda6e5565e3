namespace MyChat.Desktop.Windows;

/// <summary>The pages that are shown, so that a new one can take the place of those before it.</summary>
internal sealed class OpenPages
{
    private readonly Lock _gate = new();
    private readonly List<Action> _closers = [];
    private List<Action> _toReplace = [];

    /// <summary>The next page that comes takes the place of those that are here.</summary>
    public void Replace()
    {
        lock (_gate)
        {
            _toReplace = [.. _closers];
        }
    }

    /// <summary>A page has come; dispose what is returned when it goes.</summary>
    /// <param name="close">Has it close itself.</param>
    public IDisposable Add(Action close)
    {
        List<Action> old;
        lock (_gate)
        {
            _closers.Add(close);
            (old, _toReplace) = (_toReplace, []);
        }

        old.ForEach(closeOld => closeOld());
        return new Registration(this, close);
    }

    private sealed class Registration(OpenPages pages, Action close) : IDisposable
    {
        public void Dispose()
        {
            lock (pages._gate)
            {
                pages._closers.Remove(close);
                pages._toReplace.Remove(close);
            }
        }
    }
}
