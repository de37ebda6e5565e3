using FluentMigrator;

namespace MyChat.Storage.Schema;

[Migration(1, "Accounts, rosters, documents, mailboxes")]
public sealed class M0001FirstTables : ForwardOnlyMigration
{
    public override void Up()
    {
        Accounts();
        Documents();
        Mailboxes();
    }

    private void Accounts()
    {
        // Identity is AUTOINCREMENT in SQLite: an account's id is never given again.
        Create.Table("account")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("localpart").AsString().Nullable().Unique("account_localpart")
            .WithColumn("created").AsInt64().NotNullable()
            .WithColumn("roster_version").AsInt64().NotNullable()
            .WithColumn("delivered").AsInt64().NotNullable()
            .WithColumn("settled_above").AsBinary(int.MaxValue).NotNullable()
            .WithColumn("mailbox_bytes").AsInt64().NotNullable()
            .WithColumn("nickname").AsString(int.MaxValue).Nullable()
            .WithColumn("full_name").AsString(int.MaxValue).Nullable()
            .WithColumn("hidden").AsBoolean().NotNullable()
            .WithColumn("search").AsString(int.MaxValue).NotNullable();
        Create.Table("credential")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("hash").AsString().PrimaryKey()
            .WithColumn("salt").AsBinary(int.MaxValue).NotNullable()
            .WithColumn("iterations").AsInt32().NotNullable()
            .WithColumn("stored_key").AsBinary(int.MaxValue).NotNullable()
            .WithColumn("server_key").AsBinary(int.MaxValue).NotNullable();
        Create.Table("roster")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("jid").AsString().PrimaryKey()
            .WithColumn("name").AsString(int.MaxValue).Nullable()
            .WithColumn("group_names").AsString(int.MaxValue).NotNullable()
            .WithColumn("state").AsInt32().NotNullable()
            .WithColumn("listed").AsBoolean().NotNullable()
            .WithColumn("request").AsBinary(int.MaxValue).Nullable();
    }

    private void Documents()
    {
        Create.Table("document")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("kind").AsString().PrimaryKey()
            .WithColumn("name").AsString().PrimaryKey()
            .WithColumn("content").AsBinary(int.MaxValue).NotNullable();
        Create.Table("secret")
            .WithColumn("name").AsString().PrimaryKey()
            .WithColumn("value").AsBinary(int.MaxValue).NotNullable();
        Create.Table("meta")
            .WithColumn("name").AsString().PrimaryKey()
            .WithColumn("value").AsInt64().NotNullable();
    }

    private void Mailboxes()
    {
        Create.Table("message")
            .WithColumn("id").AsInt64().PrimaryKey()
            .WithColumn("stamp").AsInt64().NotNullable()
            .WithColumn("sender").AsInt64().NotNullable()
            .WithColumn("recipient").AsInt64().NotNullable()
            .WithColumn("stanza").AsBinary(int.MaxValue).NotNullable();

        // The key is the whole table: one page touched for an entry, and a log is read in one sweep.
        IfDatabase("sqlite").Execute.Sql(
            """
            CREATE TABLE mailbox(
                account INTEGER NOT NULL, id INTEGER NOT NULL, flags INTEGER NOT NULL, sender INTEGER NOT NULL,
                PRIMARY KEY(account, id)) WITHOUT ROWID
            """);
    }
}
