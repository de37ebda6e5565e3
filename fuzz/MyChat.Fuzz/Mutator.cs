using System.Text;

namespace MyChat.Fuzz;

/// <summary>Makes new inputs from old ones.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus)
{
    private const int MaxBytes = 8192;

    /// <summary>Pieces that grammars turn on, and that chance would not find.</summary>
    private static readonly byte[][] Dictionary =
    [
        .. new[]
        {
            "<", ">", "/>", "</", "&amp;", "&#x0;", "&#xD800;", "&#1114112;", "<![CDATA[", "]]>", "<!--", "<?x?>", "<!DOCTYPE x>", "xmlns=''",
            " xmlns:a='u'", "xml:lang='x'", "xmlns:xml=", "'", "\"", "\r\n", "@", "/", ".", "xn--", "[::1]", "\u3002", "\u200D", "\u00DF", "\u0130",
            "\u202E", "\uFEFF", "\U0001F600", "e\u0301", "n=", "r=", "p=", "c=biws", "=2C", "=3D", "y,,", "p=tls-exporter,,", "i=4096", "i=0", "m=x", "\0", ",",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBF, 0xBE],
    ];

    public byte[] Next()
    {
        var bytes = new List<byte>(Pick());
        for (var changes = 1 + random.Next(6); changes > 0; changes--)
        {
            Change(bytes);
        }

        return bytes.Count > MaxBytes ? [.. bytes.Take(MaxBytes)] : [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.InsertRange(at, Dictionary[random.Next(Dictionary.Length)]);
                break;
            case 3: // splice: the rest of another input
                var other = Pick();
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(random.Next(other.Length + 1)));
                break;
            case 4: // truncate
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5: // remove a piece
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 17)));
                break;
            case 6: // repeat a piece
                Repeat(bytes, at);
                break;
            default: // replace by a piece of the dictionary
                var piece = Dictionary[random.Next(Dictionary.Length)];
                bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
                bytes.InsertRange(at, piece);
                break;
        }
    }

    private void Repeat(List<byte> bytes, int at)
    {
        var piece = bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 33)));
        for (var times = random.Next(1, 40); times > 0 && bytes.Count < MaxBytes; times--)
        {
            bytes.InsertRange(at, piece);
        }
    }

    private byte[] Pick() => corpus[random.Next(corpus.Count)];
}
