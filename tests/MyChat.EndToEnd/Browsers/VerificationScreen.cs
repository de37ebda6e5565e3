namespace MyChat.EndToEnd.Browsers;

/// <summary>The verification inbox.</summary>
public sealed class VerificationScreen(Person person) : Screen(person)
{
    public Task AgreeAsync(Person whom) => throw new NotSupportedException();
}
