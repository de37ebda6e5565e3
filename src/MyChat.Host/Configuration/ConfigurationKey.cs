using System.Net;

namespace MyChat.Host.Configuration;

/// <summary>One configuration key: what help says about it, and how a value of it is taken.</summary>
/// <param name="Apply">Takes a value into the options; when it cannot, answers what is expected instead.</param>
internal sealed record ConfigurationKey(string Name, string Default, string Help, Func<MyChatOptions, string, string?> Apply)
{
    /// <summary>The value names a file or folder: in a configuration file it is relative to that file.</summary>
    public bool IsPath { get; init; }

    /// <summary>The value may hold a password and is not repeated in messages.</summary>
    public bool IsSecret { get; init; }

    public static ConfigurationKey Number(string name, int standard, string help, Action<MyChatOptions, int> set, int atLeast = 0) => new(
        name,
        $"{standard}",
        help,
        (options, value) =>
        {
            if (!Values.TryNumber(value, out var number) || (number != 0 && number < atLeast))
            {
                return atLeast == 0
                    ? $"expected a whole number from 0 to {int.MaxValue}"
                    : $"expected 0 or a whole number from {atLeast} to {int.MaxValue}";
            }

            set(options, number);
            return null;
        });

    public static ConfigurationKey Listen(string name, string standard, string help, Action<MyChatOptions, IPEndPoint?> set) => new(
        name,
        standard,
        help,
        (options, value) =>
        {
            IPEndPoint? address = null;
            if (value.Length > 0 && !Values.TryAddress(value, out address))
            {
                return $"expected ADDRESS:PORT such as {standard} or 192.0.2.1:0, or nothing to turn the listener off";
            }

            set(options, address);
            return null;
        });

    public static ConfigurationKey Word<T>(string name, T standard, string help, Action<MyChatOptions, T> set)
        where T : struct, Enum => new(
        name,
        Lower(standard.ToString()),
        help,
        (options, value) =>
        {
            if (!Values.TryWord<T>(value, out var word))
            {
                return $"expected {string.Join(", ", Enum.GetNames<T>().Select(Lower))}";
            }

            set(options, word);
            return null;
        });

    public static ConfigurationKey Uris(string name, string help, Func<MyChatOptions, IList<string>> list) => new(
        name,
        "",
        help,
        (options, value) =>
        {
            if (!Values.TryUris(value, out var uris))
            {
                return "expected URIs separated by commas, such as mailto:admin@example.org,xmpp:admin@example.org";
            }

            var target = list(options);
            target.Clear();
            foreach (var uri in uris)
            {
                target.Add(uri);
            }

            return null;
        });

    private static string Lower(string word) => word.ToLowerInvariant();
}
