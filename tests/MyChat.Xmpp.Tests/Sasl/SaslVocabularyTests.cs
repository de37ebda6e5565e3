using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

public class SaslVocabularyTests
{
    [Theory]
    [InlineData(SaslCondition.Aborted, "aborted")]
    [InlineData(SaslCondition.AccountDisabled, "account-disabled")]
    [InlineData(SaslCondition.CredentialsExpired, "credentials-expired")]
    [InlineData(SaslCondition.EncryptionRequired, "encryption-required")]
    [InlineData(SaslCondition.IncorrectEncoding, "incorrect-encoding")]
    [InlineData(SaslCondition.InvalidAuthzid, "invalid-authzid")]
    [InlineData(SaslCondition.InvalidMechanism, "invalid-mechanism")]
    [InlineData(SaslCondition.MalformedRequest, "malformed-request")]
    [InlineData(SaslCondition.MechanismTooWeak, "mechanism-too-weak")]
    [InlineData(SaslCondition.NotAuthorized, "not-authorized")]
    [InlineData(SaslCondition.TemporaryAuthFailure, "temporary-auth-failure")]
    public void A_condition_has_the_name_of_the_specification(SaslCondition condition, string name)
    {
        Assert.Equal(name, condition.ElementName());
        Assert.True(SaslConditions.TryParse(name, out var parsed));
        Assert.Equal(condition, parsed);
    }

    [Fact]
    public void Every_condition_has_a_name() =>
        Assert.All(Enum.GetValues<SaslCondition>(), condition => Assert.NotEmpty(condition.ElementName()));

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("NotAuthorized")]
    public void Another_element_is_no_condition(string name) => Assert.False(SaslConditions.TryParse(name, out _));

    [Theory]
    [InlineData("SCRAM-SHA-1", ScramHash.Sha1, false)]
    [InlineData("SCRAM-SHA-1-PLUS", ScramHash.Sha1, true)]
    [InlineData("SCRAM-SHA-256", ScramHash.Sha256, false)]
    [InlineData("SCRAM-SHA-256-PLUS", ScramHash.Sha256, true)]
    public void A_scram_mechanism_has_its_registered_name(string name, ScramHash hash, bool plus)
    {
        Assert.True(ScramMechanism.TryParse(name, out var mechanism));
        Assert.Equal(new ScramMechanism(hash, plus), mechanism);
        Assert.Equal(name, mechanism.Name);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-512")]
    [InlineData("scram-sha-1")]
    [InlineData("")]
    public void Other_names_are_no_scram_mechanism(string name) => Assert.False(ScramMechanism.TryParse(name, out _));

    [Theory]
    [InlineData("=", "")]
    [InlineData("biws", "n,,")]
    [InlineData("AA==", "\0")]
    public void Data_is_base64_and_an_equals_sign_when_there_is_none(string text, string data)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(data);
        Assert.Equal(text, SaslData.Encode(bytes));
        Assert.Equal(bytes, SaslData.Decode(text));
    }

    [Theory]
    [InlineData("b")]
    [InlineData("biw")]
    [InlineData("biw s")]
    [InlineData("biws\n")]
    [InlineData("AB==")]
    [InlineData("==")]
    [InlineData("AA==AA==")]
    [InlineData("bi-_")]
    public void Anything_but_canonical_base64_is_refused(string text) =>
        Assert.Equal(SaslCondition.IncorrectEncoding, Assert.Throws<SaslException>(() => SaslData.Decode(text)).Condition);
}
