using System.Collections;
using MyChat.Storage;

namespace MyChat.Host.Configuration;

/// <summary>Makes the options from the command line, the environment and the files; the first of these that sets a key wins.</summary>
internal static class HostConfiguration
{
    /// <exception cref="Failure">Something is not as expected: one line that names the key, the value and what is.</exception>
    public static MyChatOptions Load(IReadOnlyList<Setting> commandLine, IDictionary environment, string currentDirectory)
    {
        var options = new MyChatOptions();
        var taken = new HashSet<ConfigurationKey>();
        var here = ConfigurationSources.File(currentDirectory);
        Take(options, taken, commandLine);
        Take(options, taken, [.. ConfigurationSources.Environment(environment, currentDirectory)]);
        Take(options, taken, here);

        options.DataDirectory = Path.GetFullPath(options.DataDirectory, currentDirectory);
        if (options.DataDirectory != Path.GetFullPath(currentDirectory))
        {
            var there = ConfigurationSources.File(options.DataDirectory);
            if (there.FirstOrDefault(setting => ConfigurationKeys.Find(setting.Key)?.Name == "DataDirectory") is { } moved)
            {
                throw Failure.Configuration($"DataDirectory={Failure.Printable(moved.Value)} ({moved.Source}): "
                    + "expected elsewhere, for this file is found by it");
            }

            Take(options, taken, there);
        }

        Check(options);
        return options;
    }

    private static void Take(MyChatOptions options, HashSet<ConfigurationKey> taken, IReadOnlyList<Setting> settings)
    {
        var now = new Dictionary<ConfigurationKey, Setting>();
        foreach (var setting in settings)
        {
            var key = ConfigurationKeys.Find(setting.Key) ?? throw Unknown(setting);
            if (!now.TryAdd(key, setting))
            {
                throw Failure.Configuration($"{key.Name} is set twice ({now[key].Source}, {setting.Source}): expected once");
            }

            // A value that another source overrides is checked all the same: it would surprise on the day the other goes.
            var target = taken.Contains(key) ? new MyChatOptions() : options;
            var value = key.IsPath && setting.Value.Length > 0 ? Path.GetFullPath(setting.Value.Replace('\0', '?'), setting.Folder) : setting.Value;
            if (key.Apply(target, value) is { } expected)
            {
                var shown = key.IsSecret ? "…" : Failure.Printable(setting.Value);
                throw Failure.Configuration($"{key.Name}={shown} ({setting.Source}): {expected}");
            }
        }

        taken.UnionWith(now.Keys);
    }

    private static Failure Unknown(Setting setting)
    {
        var near = Nearest.Of(setting.Key, ConfigurationKeys.All.Select(key => key.Name));
        return Failure.Configuration($"{Failure.Printable(setting.Key)} ({setting.Source}) is not a known key"
            + (near is null ? "; mychat help lists them" : $"; did you mean {near}?"));
    }

    /// <summary>What no single key can tell.</summary>
    private static void Check(MyChatOptions options)
    {
        if (options.TlsCertificate is null != options.TlsKey is null)
        {
            var (set, value, other) = options.TlsKey is null
                ? ("Tls:Certificate", options.TlsCertificate, "Tls:Key") : ("Tls:Key", options.TlsKey, "Tls:Certificate");
            throw Failure.Configuration($"{set}={value}: expected together with {other}");
        }

        try
        {
            options.ToStorage().Validate();
        }
        catch (StorageException wrong)
        {
            throw Failure.Configuration(wrong.Message);
        }

        var listeners = options.Listeners.ToList();
        if (listeners.Count == 0)
        {
            throw Failure.Configuration("C2s:Listen, C2s:ListenTls, Web:Listen and Web:ListenTls are all empty: expected an address in one of them");
        }

        if (listeners.Where(l => l.Address.Port != 0).GroupBy(l => l.Address).FirstOrDefault(same => same.Skip(1).Any()) is { } both)
        {
            var keys = both.Select(listener => listener.Key).ToList();
            throw Failure.Configuration($"{keys[1]}={both.Key}: expected another address than {keys[0]}'s");
        }
    }
}
