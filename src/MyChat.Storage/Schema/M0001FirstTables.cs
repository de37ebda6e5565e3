using FluentMigrator;

namespace MyChat.Storage.Schema;

[Migration(1, "Accounts, rosters, documents, mailboxes")]
public sealed class M0001FirstTables : SchemaMigration
{
    public override void Up()
    {
        // Where a table cannot be part of a transaction (MySQL), an attempt that was cut off is taken up where it ended.
        Make("account", Accounts);
        if (!Schema.Table("account").Index("account_localpart").Exists())
        {
            Create.Index("account_localpart").OnTable("account").OnColumn("localpart").Unique();
        }
        Make("credential", Credentials);
        Make("roster", Rosters);
        Make("document", Documents);
        Make("secret", Secrets);
        Make("meta", Meta);
        Make("message", Messages);
        Make("mailbox", Mailboxes);
    }

    private void Accounts()
    {
        // Identity is AUTOINCREMENT in SQLite: an account's id is never given again.
        Create.Table("account")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("localpart").AsCustom(Types.Key(1023)).Nullable()
            .WithColumn("created").AsInt64().NotNullable()
            .WithColumn("roster_version").AsInt64().NotNullable()
            .WithColumn("delivered").AsInt64().NotNullable()
            .WithColumn("settled_above").AsCustom(Types.Bytes).NotNullable()
            .WithColumn("mailbox_bytes").AsInt64().NotNullable()
            .WithColumn("nickname").AsCustom(Types.Text).Nullable()
            .WithColumn("full_name").AsCustom(Types.Text).Nullable()
            .WithColumn("hidden").AsBoolean().NotNullable()
            .WithColumn("search").AsCustom(Types.Text).NotNullable();
    }

    private void Credentials()
    {
        Create.Table("credential")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("hash").AsCustom(Types.Key(64)).PrimaryKey()
            .WithColumn("salt").AsCustom(Types.Bytes).NotNullable()
            .WithColumn("iterations").AsInt32().NotNullable()
            .WithColumn("stored_key").AsCustom(Types.Bytes).NotNullable()
            .WithColumn("server_key").AsCustom(Types.Bytes).NotNullable();
    }

    private void Rosters()
    {
        Create.Table("roster")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("jid").AsCustom(Types.Key(2047)).PrimaryKey()
            .WithColumn("name").AsCustom(Types.Text).Nullable()
            .WithColumn("group_names").AsCustom(Types.Text).NotNullable()
            .WithColumn("state").AsInt32().NotNullable()
            .WithColumn("listed").AsBoolean().NotNullable()
            .WithColumn("request").AsCustom(Types.Bytes).Nullable();
    }

    private void Documents()
    {
        Create.Table("document")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("kind").AsCustom(Types.Key(64)).PrimaryKey()
            .WithColumn("name").AsCustom(Types.Key(1024)).PrimaryKey()
            .WithColumn("content").AsCustom(Types.Bytes).NotNullable();
    }

    private void Secrets()
    {
        Create.Table("secret")
            .WithColumn("name").AsCustom(Types.Key(64)).PrimaryKey()
            .WithColumn("value").AsCustom(Types.Bytes).NotNullable();
    }

    private void Meta()
    {
        Create.Table("meta")
            .WithColumn("name").AsCustom(Types.Key(64)).PrimaryKey()
            .WithColumn("value").AsInt64().NotNullable();
    }

    private void Messages()
    {
        Create.Table("message")
            .WithColumn("id").AsInt64().PrimaryKey()
            .WithColumn("stamp").AsInt64().NotNullable()
            .WithColumn("sender").AsInt64().NotNullable()
            .WithColumn("recipient").AsInt64().NotNullable()
            .WithColumn("stanza").AsCustom(Types.Bytes).NotNullable();
    }

    private void Mailboxes()
    {
        // The key is the whole table: one page touched for an entry, and a log is read in one sweep. InnoDB does that by itself.
        if (Types == ColumnTypes.Sqlite)
        {
            Execute.Sql(
                """
                CREATE TABLE mailbox(
                    account INTEGER NOT NULL, id INTEGER NOT NULL, flags INTEGER NOT NULL, sender INTEGER NOT NULL,
                    PRIMARY KEY(account, id)) WITHOUT ROWID
                """);
            return;
        }
        Create.Table("mailbox")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("id").AsInt64().PrimaryKey()
            .WithColumn("flags").AsInt32().NotNullable()
            .WithColumn("sender").AsInt64().NotNullable();
    }
}
