using System.Reflection;
using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;

namespace MyChat.Storage.Schema;

/// <summary>Brings a database to the version that this program knows.</summary>
internal static class Migrations
{
    /// <summary>The version that this program writes.</summary>
    public static long Latest { get; } = typeof(Migrations).Assembly.GetTypes()
        .Max(type => type.GetCustomAttribute<MigrationAttribute>()?.Version ?? 0);

    /// <summary>Applies what is missing up to a version; refuses a database of a newer program, which it could not read rightly.</summary>
    public static void Apply(string description, long version, long wanted, Action<IMigrationRunnerBuilder> database, string connectionString)
    {
        if (version > Latest)
        {
            throw new StorageException(
                $"{description} is of a newer MyChat (schema {version}, this program knows {Latest}): update the program, or restore a backup.");
        }
        if (version >= wanted)
        {
            return;
        }
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner =>
            {
                database(runner);
                runner.WithGlobalConnectionString(connectionString);
                runner.ScanIn(typeof(Migrations).Assembly).For.Migrations();
            })
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp(wanted);
    }
}
