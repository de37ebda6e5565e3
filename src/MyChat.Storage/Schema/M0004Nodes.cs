using FluentMigrator;

namespace MyChat.Storage.Schema;

[Migration(4, "Nodes and what is published at them")]
public sealed class M0004Nodes : SchemaMigration
{
    public override void Up()
    {
        Make("node", Nodes);
        if (!Schema.Table("node").Index("node_account").Exists())
        {
            Create.Index("node_account").OnTable("node").OnColumn("account").Ascending().OnColumn("name").Ascending().WithOptions().Unique();
        }
        Make("node_item", Items);
        if (!Schema.Table("node_item").Index("node_item_place").Exists())
        {
            Create.Index("node_item_place").OnTable("node_item").OnColumn("node").Ascending().OnColumn("place").Ascending();
        }
    }

    private void Nodes() => Create.Table("node")
        .WithColumn("id").AsInt64().PrimaryKey().Identity()
        .WithColumn("account").AsInt64().NotNullable()
        .WithColumn("name").AsCustom(Types.Key(1024)).NotNullable()
        .WithColumn("access").AsInt32().NotNullable()
        .WithColumn("persist").AsBoolean().NotNullable()
        .WithColumn("max_items").AsInt32().Nullable()
        .WithColumn("send_last").AsInt32().NotNullable()
        .WithColumn("notify_retract").AsBoolean().NotNullable()
        .WithColumn("notify_delete").AsBoolean().NotNullable()
        .WithColumn("bytes").AsInt64().NotNullable();

    private void Items() => Create.Table("node_item")
        .WithColumn("node").AsInt64().PrimaryKey()
        .WithColumn("name").AsCustom(Types.Key(2047)).PrimaryKey()
        .WithColumn("place").AsInt64().NotNullable()
        .WithColumn("published").AsInt64().NotNullable()
        .WithColumn("bytes").AsInt32().NotNullable()
        .WithColumn("payload").AsCustom(Types.Bytes).NotNullable();
}
