using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using MyChat.Server.Mailboxes;

namespace MyChat.Server.Tests.Mailboxes;

public sealed class EntryIdsTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, EntryIds.KeyBytes).Select(i => (byte)i)];

    [Fact]
    public void A_name_is_one_block_of_AES_whatever_threads_ask_and_leads_back()
    {
        using var ids = new EntryIds(Key);
        Parallel.For(0, 2000, i =>
        {
            var (account, id) = (i % 7, 1L << (i % 63));
            var name = ids.Encode(account, id);
            Assert.Equal(Block(account, id), name);
            Assert.True(ids.TryDecode(account, name, out var decoded));
            Assert.Equal(id, decoded);
            Assert.False(ids.TryDecode(account + 1, name, out _));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA\u00e4")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!")]
    public void What_is_no_name_of_an_entry_is_none(string name)
    {
        using var ids = new EntryIds(Key);
        Assert.False(ids.TryDecode(1, name, out _));
    }

    private static string Block(long account, long id)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        var block = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(block, account);
        BinaryPrimitives.WriteInt64BigEndian(block.AsSpan(8), id);
        return Base64Url.EncodeToString(aes.EncryptEcb(block, PaddingMode.None));
    }
}
