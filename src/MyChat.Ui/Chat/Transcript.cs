using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using MyChat.Client.Conversations;
using MyChat.Ui.Language;

namespace MyChat.Ui.Chat;

/// <summary>Writes a conversation down, in pieces: as text, or as a page that needs nothing else and runs nothing.</summary>
/// <param name="me">What to call the user.</param>
/// <param name="other">What to call the contact.</param>
/// <param name="now">The time of saving, local.</param>
public sealed class Transcript(Words words, string me, string other, DateTimeOffset now, TimeZoneInfo zone)
{
    /// <summary>A name for the file, without what file systems do not take.</summary>
    public string FileName(string extension)
    {
        var name = words.Chat.TranscriptFile(other);
        var safe = new StringBuilder(name.Length);
        foreach (var c in BodyText.Neutralize(name))
        {
            safe.Append(char.IsControl(c) || "\\/:*?\"<>|\uFFFD".Contains(c, StringComparison.Ordinal) ? '_' : c);
        }
        return $"{safe} {now:yyyy-MM-dd}.{extension}";
    }

    /// <summary>The text file.</summary>
    public async IAsyncEnumerable<string> AsText(
        IAsyncEnumerable<IReadOnlyList<ChatMessage>> pages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // The mark tells programs that guess that it is UTF-8.
        yield return $"\uFEFF{words.Chat.TranscriptTitle(me, other)}\r\n{words.Chat.TranscriptSaved(words.Dates.Full(now))}\r\n\r\n";
        var isEmpty = true;
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            var text = new StringBuilder();
            foreach (var message in page)
            {
                isEmpty = false;
                text.Append(CultureInfo.InvariantCulture, $"[{words.Dates.Full(Local(message))}] {Sender(message)}{Remark(message)}\r\n");
                foreach (var line in Lines(message.Body))
                {
                    text.Append(CultureInfo.InvariantCulture, $"    {line}\r\n");
                }
                text.Append("\r\n");
            }
            yield return text.ToString();
        }
        if (isEmpty)
        {
            yield return $"{words.Chat.TranscriptEmpty}\r\n";
        }
    }

    /// <summary>The web page.</summary>
    public async IAsyncEnumerable<string> AsPage(
        IAsyncEnumerable<IReadOnlyList<ChatMessage>> pages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var title = Escape(words.Chat.TranscriptTitle(me, other));
        yield return $"""
            <!DOCTYPE html>
            <html lang="{words.Tag}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>{PageStyle}</style>
            </head>
            <body>
            <h1>{title}</h1>
            <p class="saved">{Escape(words.Chat.TranscriptSaved(words.Dates.Full(now)))}</p>

            """;
        DateOnly? day = null;
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            var text = new StringBuilder();
            foreach (var message in page)
            {
                var local = Local(message);
                if (DateOnly.FromDateTime(local.DateTime) is var its && its != day)
                {
                    day = its;
                    text.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(words.Dates.Day(local, DateTimeOffset.MaxValue))}</h2>\n");
                }
                AppendArticle(text, message, local);
            }
            yield return text.ToString();
        }
        if (day is null)
        {
            yield return $"<p>{Escape(words.Chat.TranscriptEmpty)}</p>\n";
        }
        yield return "</body>\n</html>\n";
    }

    private const string PageStyle =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1f24;background:#fff}"
        + "h1{font-size:1.3rem}h2{font-size:.9rem;font-weight:600;color:#5a6472;text-align:center;margin:1.6rem 0 .8rem}.saved{color:#5a6472}"
        + "article{margin:.4rem 0;padding:.4rem .8rem;border-radius:.7rem;background:#eef1f5;width:fit-content;max-width:80%}"
        + "article.mine{margin-inline-start:auto;background:#dbe9ff}header{font-size:.8rem;color:#4a5361}"
        + "p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}"
        + "@media(prefers-color-scheme:dark){body{background:#16191e;color:#e6e9ee}h2,.saved,header{color:#a3adba}article{background:#262b33}"
        + "article.mine{background:#1d3a66}a{color:#8ab4ff}}";

    private void AppendArticle(StringBuilder text, ChatMessage message, DateTimeOffset local)
    {
        text.Append(message.IsMine ? "<article class=\"mine\">" : "<article>");
        text.Append(CultureInfo.InvariantCulture, $"<header><bdi>{Escape(Sender(message))}</bdi> <time datetime=\"{message.Time.UtcDateTime:O}\">{words.Dates.Time(local)}</time>");
        text.Append(CultureInfo.InvariantCulture, $"{Escape(Remark(message))}</header><p dir=\"auto\">");
        foreach (var part in BodyText.Split(message.Body))
        {
            text.Append(part.Link is null
                ? Escape(part.Text)
                : $"<a href=\"{Escape(part.Link.AbsoluteUri)}\" rel=\"noopener noreferrer\">{Escape(part.Text)}</a>");
        }
        text.Append("</p></article>\n");
    }

    private string Sender(ChatMessage message) => BodyText.Neutralize(message.IsMine ? me : other);

    private string Remark(ChatMessage message) =>
        message.State is MessageState.Failed or MessageState.Queued ? $" ({words.Chat.Of(message.State)})" : "";

    private DateTimeOffset Local(ChatMessage message) => TimeZoneInfo.ConvertTime(message.Time, zone);

    private static string[] Lines(string body) => BodyText.Neutralize(body).ReplaceLineEndings("\n").Split('\n');

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
