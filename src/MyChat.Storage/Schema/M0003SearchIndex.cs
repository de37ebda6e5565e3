using FluentMigrator;

namespace MyChat.Storage.Schema;

[Migration(3, "The index for searching in histories")]
public sealed class M0003SearchIndex : SchemaMigration
{
    public override void Up()
    {
        Make("search_segment", Segments);
        Make("search_block", Blocks);
        if (Types == ColumnTypes.Postgres)
        {
            // Blocks are dense already: compressing them again only costs time.
            Execute.Sql("ALTER TABLE search_block ALTER COLUMN data SET STORAGE EXTERNAL");
        }
    }

    private void Segments()
    {
        Create.Table("search_segment")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("first_block").AsInt64().PrimaryKey()
            .WithColumn("blocks").AsInt32().NotNullable()
            .WithColumn("level").AsInt32().NotNullable()
            .WithColumn("messages").AsInt32().NotNullable()
            .WithColumn("first_id").AsInt64().NotNullable()
            .WithColumn("last_id").AsInt64().NotNullable()
            .WithColumn("first_stamp").AsInt64().NotNullable()
            .WithColumn("last_stamp").AsInt64().NotNullable()
            .WithColumn("directory").AsCustom(Types.Bytes).NotNullable();
    }

    private void Blocks()
    {
        if (Types == ColumnTypes.Sqlite)
        {
            Execute.Sql(
                """
                CREATE TABLE search_block(
                    account INTEGER NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL,
                    PRIMARY KEY(account, number)) WITHOUT ROWID
                """);
            return;
        }
        Create.Table("search_block")
            .WithColumn("account").AsInt64().PrimaryKey()
            .WithColumn("number").AsInt64().PrimaryKey()
            .WithColumn("data").AsCustom(Types.Bytes).NotNullable();
    }
}
