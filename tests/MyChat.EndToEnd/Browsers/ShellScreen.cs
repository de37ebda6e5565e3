using Microsoft.Playwright;

namespace MyChat.EndToEnd.Browsers;

/// <summary>The frame around everything, for who is logged in.</summary>
public sealed class ShellScreen(Person person) : Screen(person)
{
    public ILocator ChatsTab => RoleFrom(AriaRole.Tab, Words.Shell.Chats);
    public ILocator FriendsTab => RoleFrom(AriaRole.Tab, Words.Shell.Friends);

    public Task IsOpenAsync() => SeesAsync(FriendsTab);
}
