using System.Globalization;

namespace MyChat.Ui.Common;

/// <summary>Ids of elements, unique in the process.</summary>
public static class Ids
{
    private static int _last;

    public static string Next() => string.Create(CultureInfo.InvariantCulture, $"i{Interlocked.Increment(ref _last)}");
}
