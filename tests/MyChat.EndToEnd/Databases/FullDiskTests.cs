using MyChat.EndToEnd.Promises;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Databases;

/// <summary>The disk is full in the middle of traffic: whoever sends what cannot be stored is told so, and when there is room again all goes on.</summary>
public abstract class FullDiskTests
{
    private const long Room = 48 * 1024 * 1024;
    private const long Left = 128 * 1024;
    private const int Enough = 60;

    [Fact]
    public async Task On_a_full_disk_what_cannot_be_stored_comes_back_and_what_was_acknowledged_stays()
    {
        Assert.SkipWhen(SmallDisk.Obstacle is not null, SmallDisk.Obstacle ?? "");
        var seed = TestRun.Seed();
        await using var database = await StartDatabaseAsync();
        await using var traffic = await Traffic.StartAsync(
            seed, database is null ? null : await ServerDatabase.CreateAsync(database), pace: Pace.Heavy);
        await traffic.AcknowledgedAsync(Enough);
        await using var disk = await MoveAsync(traffic, database);
        await traffic.StoredAsync(Enough);

        disk.Fill(Left);
        await traffic.UntilAsync(() => traffic.Refused >= Enough || Ended(traffic), () => "nothing came back");
        disk.Free();
        if (database is not null && Ended(traffic))
        {
            // PostgreSQL, whose log has no room, ends itself: then messages wait for it.
            await database.KillAsync();
            await database.StartAgainAsync();
        }
        await traffic.StoredAsync(Enough);

        TestRun.Say($"{traffic.Refused} messages were refused");
        Assert.Equal(0, traffic.Server.Output.Split("A write's completion failed").Length - 1);
        await traffic.KillAsync();
        await traffic.BalanceAsync(seed);
    }

    protected abstract Task<DatabaseProcess?> StartDatabaseAsync();

    /// <summary>Whether the database went away, once more than when it was moved.</summary>
    private static bool Ended(Traffic traffic) => traffic.Server.Output.Split("The database is lost").Length > 2;

    private static async Task<SmallDisk> MoveAsync(Traffic traffic, DatabaseProcess? database)
    {
        if (database is not null)
        {
            return await database.MoveToSmallDiskAsync(Room);
        }
        await traffic.KillAsync();
        var disk = await SmallDisk.TakeOverAsync(Path.Combine(traffic.Server.DataDirectory, "data"), Room);
        await traffic.RestartAsync();
        return disk;
    }
}

public sealed class FullDiskOnSqliteTests : FullDiskTests
{
    protected override Task<DatabaseProcess?> StartDatabaseAsync() => Task.FromResult<DatabaseProcess?>(null);
}

public sealed class FullDiskOnMariaDbTests : FullDiskTests
{
    protected override async Task<DatabaseProcess?> StartDatabaseAsync() => await MariaDbProcess.StartAsync();
}
