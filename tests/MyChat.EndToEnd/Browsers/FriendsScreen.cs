namespace MyChat.EndToEnd.Browsers;

/// <summary>The list of friends, and adding one.</summary>
public sealed class FriendsScreen(Person person) : Screen(person)
{
    public Task AskAsync(Person whom, string note) => throw new NotSupportedException();
    public Task IsOnlineAsync(Person friend) => throw new NotSupportedException();
}
