using MyChat.Storage.Schema;
using MyChat.Storage.Transfer;

namespace MyChat.Storage.Checks;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Name">For programs.</param>
/// <param name="Text">For people.</param>
/// <param name="Count">How many cases.</param>
/// <param name="IsNote">It harms nobody.</param>
/// <param name="CanMend">Whether it can be mended.</param>
/// <param name="IsMended">It was, just now.</param>
public sealed record CheckFinding(string Name, string Text, long Count, bool IsNote, bool CanMend, bool IsMended);

/// <summary>Looks whether a database holds together, and mends what can be mended.</summary>
public static class DatabaseCheck
{
    /// <summary>Looks, in one snapshot; a server may go on meanwhile.</summary>
    public static async Task<IReadOnlyList<CheckFinding>> LookAsync(
        Database database, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var rules = Rules(database);
        var findings = new List<CheckFinding>();
        progress?.Report(new OperationProgress("the database itself", 0, rules.Count + 1));
        await using (var connection = await database.Provider.OpenReaderAsync(cancellation))
        {
            findings.AddRange(database.Provider.FindDamage(connection, [.. TableCatalog.Kept.Select(table => table.Name)])
                .Select(line => new CheckFinding("damage", line, 1, IsNote: false, CanMend: false, IsMended: false)));
        }
        if (findings.Count > 0)
        {
            return findings; // what a damaged database says about its rows means nothing
        }
        await database.Writer.FileAsync().WaitAsync(cancellation);
        await using var snapshot = await Snapshot.OpenAsync(database.Provider, cancellation);
        for (var i = 0; i < rules.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new OperationProgress(rules[i].Name, i + 1, rules.Count + 1));
            if (rules[i].Count(snapshot.Connection) is > 0 and var count)
            {
                findings.Add(new CheckFinding(rules[i].Name, rules[i].Text, count, rules[i].IsNote, rules[i].CanMend, IsMended: false));
            }
        }
        return findings;
    }

    /// <summary>Looks and mends, rule by rule, each in a transaction of its own. No server may use the database.</summary>
    public static async Task<IReadOnlyList<CheckFinding>> RepairAsync(
        Database database, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var before = await LookAsync(database, progress, cancellation);
        if (before.Any(finding => finding.Name == "damage"))
        {
            return before;
        }
        var findings = new List<CheckFinding>();
        foreach (var rule in Rules(database).Where(rule => rule.CanMend))
        {
            cancellation.ThrowIfCancellationRequested();
            // Mending one thing may bring another to light, so each counts again.
            var count = await database.Writer.WriteAsync(session =>
            {
                var found = rule.Count(session.Connection);
                if (found > 0)
                {
                    rule.Mend(session);
                }
                return found;
            });
            if (count > 0)
            {
                findings.Add(new CheckFinding(rule.Name, rule.Text, count, rule.IsNote, CanMend: true, IsMended: true));
            }
        }
        return [.. findings, .. (await LookAsync(database, null, cancellation))];
    }

    private static IReadOnlyList<CheckRule> Rules(Database database)
    {
        var rules = CheckRules.All();
        foreach (var rule in rules.OfType<AccountIds>())
        {
            rule.Provider = database.Provider;
        }
        return rules;
    }
}
