using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

public class ScramKeysTests
{
    private static readonly byte[] Secret = "the server's own secret"u8.ToArray();

    [Theory]
    [InlineData(ScramHash.Sha1, 20)]
    [InlineData(ScramHash.Sha256, 32)]
    public void A_decoy_looks_like_a_real_account(ScramHash hash, int size)
    {
        var real = ScramKeys.Derive(hash, "password", ScramKeys.NewSalt(), 10_000);
        var decoy = ScramKeys.Decoy(hash, "nobody", Secret, 10_000);
        Assert.Equal((hash, 10_000, size, size), (decoy.Hash, decoy.Iterations, decoy.StoredKey.Length, decoy.ServerKey.Length));
        Assert.Equal(real.Salt.Length, decoy.Salt.Length);
        Assert.Equal((size, size), (real.StoredKey.Length, real.ServerKey.Length));
    }

    [Fact]
    public void A_decoy_is_the_same_at_every_attempt_and_another_for_every_name_hash_and_server()
    {
        string[] salts =
        [
            Salt(ScramHash.Sha1, "nobody", Secret),
            Salt(ScramHash.Sha256, "nobody", Secret),
            Salt(ScramHash.Sha256, "nobody2", Secret),
            Salt(ScramHash.Sha256, "nobody", "the secret of another one"u8),
        ];
        Assert.Equal(4, salts.Distinct().Count());
        Assert.Equal(salts[1], Salt(ScramHash.Sha256, "nobody", Secret));

        static string Salt(ScramHash hash, string name, ReadOnlySpan<byte> secret) =>
            Convert.ToHexString(ScramKeys.Decoy(hash, name, secret, 4096).Salt);
    }

    [Fact]
    public void A_decoy_needs_a_real_secret() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScramKeys.Decoy(ScramHash.Sha1, "nobody", "short"u8, 4096));

    [Theory]
    [InlineData(ScramHash.Sha1)]
    [InlineData(ScramHash.Sha256)]
    public void Only_the_password_matches(ScramHash hash)
    {
        var keys = ScramKeys.Derive(hash, "pass wörd", ScramKeys.NewSalt(), 4096);
        Assert.True(keys.Matches("pass wörd"));
        Assert.True(keys.Matches("pass\u00A0wo\u0308rd")); // prepared, it is the same
        Assert.False(keys.Matches("Pass wörd"));
        Assert.False(keys.Matches(""));
        Assert.False(keys.Matches("pass wörd\0"));
        Assert.False(ScramKeys.Decoy(hash, "nobody", Secret, 4096).Matches("pass wörd"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bell\u0007")]
    public void A_password_that_cannot_be_prepared_has_no_keys(string password) =>
        Assert.Throws<ArgumentException>(() => ScramKeys.Derive(ScramHash.Sha256, password, ScramKeys.NewSalt(), 4096));

    [Fact]
    public void Half_a_surrogate_pair_is_no_password() // not inline data, which is kept as UTF-8
    {
        Assert.False(SaslPassword.TryPrepare("half \uD83D", out _));
        Assert.False(SaslPassword.TryPrepare("\uFFFD and half \uDC00", out _));
        Assert.True(SaslPassword.TryPrepare("\uD83D\uDE00", out var whole));
        Assert.Equal("😀", whole);
    }

    [Fact]
    public void Fewer_than_4096_iterations_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScramKeys.Derive(ScramHash.Sha256, "password", ScramKeys.NewSalt(), 4095));

    [Fact]
    public void Salts_are_random() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(ScramKeys.NewSalt())).Distinct().Count());
}
