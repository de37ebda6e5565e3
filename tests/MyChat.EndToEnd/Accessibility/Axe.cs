using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MyChat.EndToEnd.Accessibility;

/// <summary>axe-core in a page. Its script is put in once, and nothing comes back but what it found: all that it looked at would take longer to tell than to find.</summary>
internal static class Axe
{
    /// <summary>WCAG 2.2, levels A and AA.</summary>
    public static readonly string[] Levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    private const string Resource = "Deque.AxeCore.Commons.Resources.axe.min.js";

    private const string Run =
        """
        async options => (await axe.run(document, options)).violations.flatMap(violation => violation.nodes.map(node => {
            const checks = [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ');
            return `${violation.id}: ${violation.help}\n    ${node.html}\n    ${checks}`;
        }))
        """;

    private static readonly Lazy<string> Script = new(() =>
    {
        using var stream = typeof(AxeRunOptions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The package of axe-core has no {Resource} any more.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>What is wrong by the rules with these tags; a rule can be left out.</summary>
    public static Task<IReadOnlyList<string>> FindByTagsAsync(IPage page, IReadOnlyList<string> tags, string? without = null) =>
        FindAsync(page, "tag", tags, without is null ? [] : new() { [without] = new { enabled = false } });

    /// <summary>What is wrong by one rule.</summary>
    public static Task<IReadOnlyList<string>> FindByRuleAsync(IPage page, string rule) => FindAsync(page, "rule", [rule], []);

    private static async Task<IReadOnlyList<string>> FindAsync(IPage page, string type, IReadOnlyList<string> values, Dictionary<string, object> rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = Script.Value });
        }
        return await page.EvaluateAsync<string[]>(Run, new { runOnly = new { type, values }, rules, resultTypes = (string[])["violations"] });
    }
}
