using System.Text;
using System.Xml;

namespace MyChat.Client.Conversations;

/// <summary>What may be in a body.</summary>
internal static class BodyText
{
    /// <summary>The text without what XML cannot hold (XML 1.0 §2.2): control characters, and halves of characters.</summary>
    public static string Clean(string text)
    {
        var start = FirstBad(text);
        if (start < 0)
        {
            return text;
        }
        var clean = new StringBuilder(text, 0, start, text.Length);
        for (var i = start; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
        }
        return clean.ToString();
    }

    private static int FirstBad(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                return i;
            }
        }
        return -1;
    }
}
