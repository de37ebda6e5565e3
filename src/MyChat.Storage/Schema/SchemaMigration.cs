using FluentMigrator;
using FluentMigrator.Infrastructure;

namespace MyChat.Storage.Schema;

/// <summary>A step of the schema's history, written once for all databases.</summary>
public abstract class SchemaMigration : ForwardOnlyMigration
{
    /// <summary>The types of the database that is migrated.</summary>
    private protected ColumnTypes Types { get; private set; } = ColumnTypes.Sqlite;

    public override void GetUpExpressions(IMigrationContext context)
    {
        Types = ColumnTypes.Of(context.QuerySchema.DatabaseType);
        base.GetUpExpressions(context);
    }

    /// <summary>Makes a table unless it is there.</summary>
    private protected void Make(string table, Action make)
    {
        if (!Schema.Table(table).Exists())
        {
            make();
        }
    }
}
