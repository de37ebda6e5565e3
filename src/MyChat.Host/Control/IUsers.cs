namespace MyChat.Host.Control;

/// <summary>What became of a request, in words for the operator.</summary>
internal sealed record UserAnswer(bool Done, string Text);

/// <summary>A line of the list of accounts.</summary>
internal sealed record UserLine(string Address, DateTimeOffset Created);

/// <summary>The accounts as the commands see them: of the server that runs, or of a database that no server has open.</summary>
internal interface IUsers
{
    Task<UserAnswer> AddAsync(string name, string password, CancellationToken cancellation);
    Task<UserAnswer> SetPasswordAsync(string name, string password, CancellationToken cancellation);
    Task<UserAnswer> DeleteAsync(string name, CancellationToken cancellation);
    IAsyncEnumerable<UserLine> ListAsync(CancellationToken cancellation);
}
