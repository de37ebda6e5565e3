using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using MyChat.EndToEnd.Traces;
using MyChat.Storage;

namespace MyChat.EndToEnd.Promises;

/// <summary>
/// A killed process leaves the kernel's cache; a power cut takes it. What the real program writes and syncs on SQLite is recorded under load, and its
/// files are made as they would stand at many a moment: with nothing that was not synced, and with a part of it, torn at sectors.
/// </summary>
public sealed class PowerCutTests
{
    private static readonly int Points = TestRun.IsFull ? 200 : 40;
    private const int DelayedPoints = 20;

    /// <summary>Enough for the log to be moved into the database file (<c>wal_autocheckpoint</c>).</summary>
    private const int Messages = 9000;

    /// <summary>Every so manieth state is opened by the program's own storage, too.</summary>
    private const int OpenedByTheProgram = 8;

    [Fact]
    public async Task What_was_acknowledged_or_delivered_survives_a_power_cut_at_any_moment()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace is Linux's");
        var seed = TestRun.Seed();
        var random = new Random(seed);
        var recording = await PowerCutRecording.MakeAsync(seed, Messages);
        var points = Choose(recording, random);
        var first = recording.Acknowledgements.Min();
        var checkpoints = recording.Syncs.Count(sync => sync.Entered > first && sync.File.EndsWith("/mychat.db", StringComparison.Ordinal));
        TestRun.Say($"{recording.Calls.Count} calls, {recording.Syncs.Count} syncs, {checkpoints} checkpoints under load");
        Assert.True(checkpoints > 0, "the log was never moved into the database: more messages are needed");

        var violations = await new PowerCuts(recording).MakeAsync(points, syncsLate: 0);
        TestRun.Say($"{points.Count} states, {recording.PromisedBy(long.MaxValue).Count(message => message.IsAcknowledged)} messages promised in the end");
        Assert.True(violations.Count == 0, $"{violations.Count} violations (seed {seed}):\n{string.Join('\n', violations.Take(20))}");

        // The same with a disk that is one sync behind what it says: acknowledged messages must be missing, or this test sees nothing.
        var delayed = recording.Acknowledgements.Order().ToArray();
        random.Shuffle(delayed);
        violations = await new PowerCuts(recording).MakeAsync([.. delayed.Take(DelayedPoints).Order().Select(place => new PowerCut(place, null))], syncsLate: 1);
        TestRun.Say($"{violations.Count} violations at {DelayedPoints} points on a disk that lies");
        Assert.NotEmpty(violations);
    }

    /// <summary>After each of these syncs, and at a moment between it and the next; all that touch more than the log are among them.</summary>
    private static List<PowerCut> Choose(PowerCutRecording recording, Random random)
    {
        Assert.True(recording.Syncs.Count >= Points, $"only {recording.Syncs.Count} syncs");
        var rare = Enumerable.Range(0, recording.Syncs.Count).Where(i => IsRare(recording.Syncs[i])).Take(Points / 2).ToList();
        var others = Enumerable.Range(0, recording.Syncs.Count).Except(rare).ToArray();
        random.Shuffle(others);
        var cuts = new List<PowerCut>();
        foreach (var i in rare.Concat(others.Take(Points - rare.Count)))
        {
            var (now, next) = (recording.Syncs[i].Left, i + 1 < recording.Syncs.Count ? recording.Syncs[i + 1].Left : recording.Syncs[i].Left + 1);
            cuts.Add(new PowerCut(now, null));
            cuts.Add(new PowerCut(random.NextInt64(now, next), new Random(random.Next())));
        }
        return [.. cuts.OrderBy(cut => cut.Place)];
    }

    private static bool IsRare(SystemCall sync) => !sync.File.EndsWith("-wal", StringComparison.Ordinal);

    /// <summary>A moment, and chances for what was not synced then; without them it is lost.</summary>
    private sealed record PowerCut(long Place, Random? Chance);

    /// <summary>Goes through a recording and makes the cuts.</summary>
    private sealed class PowerCuts(PowerCutRecording recording)
    {
        private readonly ConcurrentQueue<string> _violations = [];
        private readonly Disk _disk = new(recording.Directory);

        public async Task<IReadOnlyCollection<string>> MakeAsync(IReadOnlyList<PowerCut> cuts, int syncsLate)
        {
            var steps = recording.Calls.Select(call => (Place: call.Entered, Do: (Action)(() => _disk.Begin(call))))
                .Concat(recording.Syncs.Select((_, i) => (Place: recording.Syncs[i].Left, Do: (Action)(() =>
                {
                    if (i >= syncsLate)
                    {
                        _disk.End(recording.Syncs[i - syncsLate]);
                    }
                }))))
                .OrderBy(step => step.Place).ToList(); // stable: what begins and ends in one place begins first
            var done = 0;
            using var places = new SemaphoreSlim(Environment.ProcessorCount);
            var examinations = new List<Task>();
            for (var number = 0; number < cuts.Count; number++)
            {
                var (cut, isOpened) = (cuts[number], number % OpenedByTheProgram == 0);
                for (; done < steps.Count && steps[done].Place <= cut.Place; done++)
                {
                    steps[done].Do();
                }
                await places.WaitAsync();
                var state = Directory.CreateDirectory(Path.Combine(Memory, $"mychat-cut-{Guid.NewGuid():n}")).FullName;
                _disk.Save(state, cut.Chance);
                examinations.Add(Task.Run(async () =>
                {
                    await ExamineAsync(cut, state, isOpened);
                    places.Release();
                }));
            }
            await Task.WhenAll(examinations);
            return _violations;
        }

        /// <summary>Where files cost least.</summary>
        private static string Memory => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

        private async Task ExamineAsync(PowerCut cut, string state, bool isOpened)
        {
            try
            {
                if (isOpened)
                {
                    await using var opened = Database.Open(new StorageOptions { DataDirectory = state });
                }
                var ledger = new Ledger();
                ledger.Sent.AddRange(recording.PromisedBy(cut.Place));
                ledger.Logs.AddRange(Read(state));
                foreach (var violation in ledger.Violations())
                {
                    _violations.Enqueue($"{cut}: {violation}");
                }
            }
            catch (Exception broken) when (broken is SqliteException or StorageException or InvalidDataException)
            {
                _violations.Enqueue($"{cut}: {broken.Message}");
            }
            finally
            {
                Directory.Delete(state, recursive: true);
            }
        }

        private static List<LogEntry> Read(string state)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(state, "mychat.db")};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check";
            if (command.ExecuteScalar() is not "ok" and var wrong)
            {
                throw new InvalidDataException($"The database is damaged: {wrong}");
            }
            // Until the first start has made all tables there is nothing to read.
            command.CommandText = "SELECT count(*) FROM pragma_table_info('message') WHERE name='flags'";
            return command.ExecuteScalar() is 0L ? [] : ServerLogs.Read(connection);
        }
    }
}
