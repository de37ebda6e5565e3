namespace MyChat.EndToEnd.Browsers;

/// <summary>A chat.</summary>
public sealed class ChatScreen(Person person) : Screen(person)
{
}
