using System.Text;
using MyChat.Xmpp.Search;

namespace MyChat.Xmpp.Tests.Search;

public sealed class MessageWordsTests
{
    [Theory]
    [InlineData("<message/>", "")]
    [InlineData("<message from='a@b' id='body'><x xmlns='urn:x'><body>no</body></x></message>", "")]
    [InlineData("<message><body>Soft &amp; &#x4F60;</body></message>", "Soft & 你")]
    [InlineData("<message><subject>One</subject><body>two<b xmlns='urn:x'>not</b> three</body><body xml:lang='de'>vier</body></message>", "One\ntwo three\nvier")]
    [InlineData("<message><body xmlns='urn:x'>no</body><body><![CDATA[a<b]]></body></message>", "a<b")]
    [InlineData("<message><body/><thread>t</thread></message>", "")]
    [InlineData("<message><body>broken", "")]
    [InlineData("body, but no element", "")]
    public void Bodies_and_the_subject_are_what_is_searched(string message, string text) =>
        Assert.Equal(text, MessageWords.Read(Encoding.UTF8.GetBytes(message)));
}
