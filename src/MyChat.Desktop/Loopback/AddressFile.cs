using System.Text;
using MyChat.Desktop.Data;

namespace MyChat.Desktop.Loopback;

/// <summary>
/// The file by which programs of the same user reach the running one: its first line is an address that lets a browser in, once (a new one stands
/// there when it was used); its second what a second start shows to have the window shown.
/// </summary>
internal sealed class AddressFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _file;
    private readonly LoopbackAddress _address;
    private readonly Tickets _tickets;
    private readonly ControlSecret _control;
    private string _ticket = "";
    private bool _disposed;

    public AddressFile(string file, LoopbackAddress address, Tickets tickets, ControlSecret control)
    {
        (_file, _address, _tickets, _control) = (file, address, tickets, control);
        _tickets.Used += OnUsed;
    }

    public void Write()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _ticket = _tickets.Issue(lasting: true);
                DataFolder.Write(_file, Encoding.UTF8.GetBytes($"{Gate.EnterAddress(_address, _ticket)}\n{_control.Text}\n"));
            }
        }
    }

    /// <summary>The address and the control secret of the program that runs, or null when there is no such file yet.</summary>
    public static (Uri Address, string Control)? Read(string file) =>
        DataFolder.Read(file) is { } content
        && Encoding.UTF8.GetString(content).Split('\n') is [var address, { Length: > 0 } control, ..]
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? (uri, control)
            : null;

    /// <summary>Deletes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _tickets.Used -= OnUsed;
            if (!_disposed)
            {
                File.Delete(_file);
            }

            _disposed = true;
        }
    }

    private void OnUsed(string ticket)
    {
        if (ticket == _ticket)
        {
            Write();
        }
    }
}
