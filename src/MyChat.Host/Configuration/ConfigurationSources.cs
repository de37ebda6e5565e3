using System.Collections;
using System.Text.Json;

namespace MyChat.Host.Configuration;

/// <summary>A value somebody set, and where: the text that a message about it names.</summary>
/// <param name="Folder">What relative paths in the value are relative to.</param>
internal sealed record Setting(string Key, string Value, string Source, string Folder);

/// <summary>Where settings come from besides the command line.</summary>
internal static class ConfigurationSources
{
    public const string FileName = "mychat.json";
    private const string Prefix = "MYCHAT__";

    private static readonly JsonDocumentOptions Json = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    public static IEnumerable<Setting> Environment(IDictionary variables, string folder)
    {
        foreach (DictionaryEntry variable in variables)
        {
            var name = (string)variable.Key;
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                var key = name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal);
                yield return new Setting(key, (string?)variable.Value ?? "", $"environment {name}", folder);
            }
        }
    }

    /// <summary>The settings of a folder's file; none when it has no such file.</summary>
    public static IReadOnlyList<Setting> File(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path), Json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. Flatten("", document.RootElement, path, Path.GetFullPath(folder))]
                : throw Failure.Configuration($"{path}: expected a JSON object such as {{ \"Domain\": \"example.org\" }}");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException wrong)
        {
            throw Failure.Configuration($"{path}, line {wrong.LineNumber + 1}: is not JSON: {Failure.Printable(FirstSentence(wrong.Message))}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Failure.Configuration($"{path}: cannot be read: {Failure.Printable(unreadable.Message)}");
        }
    }

    private static IEnumerable<Setting> Flatten(string name, JsonElement value, string path, string folder)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return value.EnumerateObject()
                    .SelectMany(member => Flatten(name.Length == 0 ? member.Name : $"{name}:{member.Name}", member.Value, path, folder));
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                return [new Setting(name, string.Join(',', value.EnumerateArray().Select(item => item.GetString())), path, folder)];
            case JsonValueKind.Null:
                return [new Setting(name, "", path, folder)];
            default:
                return [new Setting(name, value.ToString(), path, folder)];
        }
    }

    private static string FirstSentence(string message) => message.Split(". ")[0].TrimEnd('.') + '.';
}
