using Microsoft.AspNetCore.Components;

namespace MyChat.Ui.Common;

/// <summary>Arrow keys, Home, End and first letters move in it, Escape and Tab close it.</summary>
public partial class Menu : ComponentBase, IDisposable
{
    public void Dispose()
    {
        _this?.Dispose();
        GC.SuppressFinalize(this);
    }
}
