using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MyChat.Ui.Language;

namespace MyChat.EndToEnd.Browsers;

/// <summary>A part of what somebody sees, found as those find it who hear the screen: by roles and names.</summary>
public abstract class Screen(Person person)
{
    protected Person Person => person;
    protected Words Words => person.Words;
    protected IPage Page => person.Page;

    protected ILocator Button(string name, ILocator? within = null) => Role(AriaRole.Button, name, within);

    protected ILocator Role(AriaRole role, string name, ILocator? within = null, bool exact = true) => within is null
        ? Page.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = exact })
        : within.GetByRole(role, new LocatorGetByRoleOptions { Name = name, Exact = exact });

    /// <summary>By a name that begins so.</summary>
    protected ILocator RoleFrom(AriaRole role, string begin, ILocator? within = null)
    {
        var pattern = new Regex("^" + Regex.Escape(begin));
        return within is null
            ? Page.GetByRole(role, new PageGetByRoleOptions { NameRegex = pattern })
            : within.GetByRole(role, new LocatorGetByRoleOptions { NameRegex = pattern });
    }

    protected ILocator Field(string label, bool exact = true) => Page.GetByLabel(label, new PageGetByLabelOptions { Exact = exact });

    protected static Task SeesAsync(ILocator what) =>
        Assertions.Expect(what).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = (float)Device.Patience.TotalMilliseconds });

    protected static Task SeesNoAsync(ILocator what) =>
        Assertions.Expect(what).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = (float)Device.Patience.TotalMilliseconds });

    protected Task SeesTextAsync(string text) => SeesAsync(Page.GetByText(text, new PageGetByTextOptions { Exact = true }).First);
}
