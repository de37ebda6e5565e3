using LinqToDB.Data;

namespace MyChat.Storage.Schema;

/// <summary>
/// Queries as text, for the look-ups of every log-in: linq2db makes the text of a query that compares with a string anew each time, which costs
/// several times what the database takes.
/// </summary>
internal static class TextQueries
{
    /// <summary>What a unique key leads to, or null.</summary>
    public static async Task<T?> OneOrNullAsync<T>(this DataConnection db, string sql, CancellationToken cancellation, params DataParameter[] parameters)
        where T : class =>
        await db.QueryToListAsync<T>(sql, cancellation, parameters) is [var one, ..] ? one : null;
}
