using FluentMigrator;

namespace MyChat.Storage.Schema;

/// <summary>A message can be stored before it is filed in the logs of both sides: its row tells how.</summary>
[Migration(5, "What is to be filed in the mailboxes")]
public sealed class M0005YoungMessages : SchemaMigration
{
    public override void Up()
    {
        foreach (var (column, type) in new[] { ("flags", "INTEGER"), ("origin", "BIGINT"), ("sender_key", "BIGINT"), ("recipient_key", "BIGINT") })
        {
            if (!Schema.Table("message").Column(column).Exists())
            {
                Execute.Sql($"ALTER TABLE message ADD COLUMN {column} {type} NOT NULL DEFAULT 0");
            }
        }
        // All that there is has its entries.
        Execute.Sql($"DELETE FROM meta WHERE name='{MetaRow.Filed}'");
        Execute.Sql($"INSERT INTO meta(name,value) SELECT '{MetaRow.Filed}', max(id) FROM message HAVING count(*)>0");
    }
}
