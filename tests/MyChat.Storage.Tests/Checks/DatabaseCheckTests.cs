using MyChat.Storage.Checks;

namespace MyChat.Storage.Tests.Checks;

public abstract class DatabaseCheckTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly TestDatabase test = new(kind);
    private long romeo;
    private long messages;

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask InitializeAsync()
    {
        (romeo, _) = await TestContent.FillAsync(test);
        await DatabaseCheck.RepairAsync(test.Database, null, Token); // the size and the cursor that the content made up
        messages = test.Count("SELECT count(*) FROM message");
    }

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_sound_database_is_found_sound() => Assert.Empty(await DatabaseCheck.LookAsync(test.Database, null, Token));

    // What is broken, as what it is found, and whether it can be mended.
    [Theory]
    [InlineData("INSERT INTO credential(account,hash,salt,iterations,stored_key,server_key) VALUES (99,'SHA-1',B,1,B,B)", "credential-without-account")]
    [InlineData("INSERT INTO document(account,kind,name,content) VALUES (99,'vcard','',B)", "document-without-account")]
    [InlineData("UPDATE roster SET account=99 WHERE listed=listed AND name IS NULL", "roster-without-account")]
    [InlineData("UPDATE mailbox SET account=99 WHERE id=7 AND flags=1", "entry-without-account")]
    [InlineData("DELETE FROM message WHERE id=9", "entry-without-message")]
    [InlineData("DELETE FROM mailbox WHERE id=10", "sender-without-entry")]
    [InlineData("DELETE FROM mailbox WHERE id=10 AND flags=1", "recipient-without-entry")]
    [InlineData("UPDATE message SET recipient=0, sender=0 WHERE id=11", "entry-unclaimed")]
    [InlineData("INSERT INTO message(id,stamp,sender,recipient,stanza) VALUES (500,1,0,0,B)", "message-of-nobody")]
    [InlineData("UPDATE mailbox SET flags=flags+4 WHERE id=13 AND flags=1", "settled-transient")]
    [InlineData("UPDATE account SET delivered=999999999 WHERE id=1", "cursor")]
    [InlineData("UPDATE account SET settled_above=B WHERE id=1", "cursor")]
    [InlineData("UPDATE meta SET value=5 WHERE name='message.reserved'", "message-ids")]
    public async Task What_does_not_fit_together_is_found_and_mended(string damage, string name)
    {
        test.Scalar(damage.Replace("B", test.SomeBytes, StringComparison.Ordinal));
        var found = await DatabaseCheck.LookAsync(test.Database, null, Token);
        Assert.Contains(found, finding => finding.Name == name && finding is { Count: > 0, IsNote: false, IsMended: false });

        var mended = await DatabaseCheck.RepairAsync(test.Database, null, Token);

        Assert.Contains(mended, finding => finding.Name == name && finding.IsMended);
        Assert.DoesNotContain(mended, finding => !finding.IsMended);
        Assert.Empty(await DatabaseCheck.LookAsync(test.Database, null, Token));
        // What was right stays.
        Assert.InRange(test.Count("SELECT count(*) FROM message"), messages - 1, messages);
    }

    [Fact]
    public async Task A_mailbox_of_another_size_than_remembered_is_only_noted()
    {
        test.Scalar($"UPDATE account SET mailbox_bytes=mailbox_bytes+1 WHERE id={romeo}");
        Assert.True(Assert.Single(await DatabaseCheck.LookAsync(test.Database, null, Token)).IsNote);
        await DatabaseCheck.RepairAsync(test.Database, null, Token);
        Assert.Empty(await DatabaseCheck.LookAsync(test.Database, null, Token));
    }

    [Fact]
    public async Task A_contact_that_cannot_be_read_is_told_and_stays()
    {
        test.Scalar("UPDATE roster SET group_names='[1' WHERE name IS NULL");
        var finding = Assert.Single(await DatabaseCheck.RepairAsync(test.Database, null, Token));
        Assert.Equal(("contact-unreadable", 1, false, false), (finding.Name, finding.Count, finding.CanMend, finding.IsMended));
    }
}

public sealed class DatabaseCheckOnSqliteTests() : DatabaseCheckTests(DatabaseKind.Sqlite);
public sealed class DatabaseCheckOnMariaDbTests() : DatabaseCheckTests(DatabaseKind.MariaDb);
public sealed class DatabaseCheckOnPostgresTests() : DatabaseCheckTests(DatabaseKind.Postgres);

/// <summary>What only a file can be.</summary>
public sealed class DamagedFileTests
{
    [Fact]
    public async Task A_damaged_file_is_told_as_such_and_nothing_in_it_is_mended()
    {
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        await TestContent.FillAsync(test);
        await test.Database.DisposeAsync();
        await using (var file = new FileStream(test.File, FileMode.Open))
        {
            // The last pages hold rows, not the schema.
            file.Position = file.Length - (3 * 4096);
            file.Write(new byte[4096]);
        }
        await test.Reopen();
        var findings = await DatabaseCheck.RepairAsync(test.Database, null, TestDatabase.Token);
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal(("damage", false), (finding.Name, finding.CanMend)));
    }
}
