using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MyChat.Host.Commands;

/// <summary>How commands say what they did.</summary>
internal static class Output
{
    // To a terminal or a program, not into a web page: names stay readable.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The result as JSON when it was asked for so, else in words.</summary>
    public static void Write<T>(Arguments arguments, T result, Func<string> words) =>
        Console.WriteLine(arguments.Given.Contains("--json") ? JsonSerializer.Serialize(result, Json) : words());

    /// <summary>1,234 messages; 1 message.</summary>
    public static string Count(long number, string one) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {one}{(number == 1 ? "" : "s")}";

    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.#} GB"),
    };

    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
