namespace MyChat.Server.Accounts;

/// <summary>Something for an account to do; an account does one thing at a time, in the order in which they were posted.</summary>
public interface IAccountWork
{
    ValueTask RunAsync(Account account);

    /// <summary>The work ended in an exception, which has been logged: answer whoever waits.</summary>
    void Fail(Exception reason);
}

/// <summary>Work given as a function, whose result the poster may await; for what happens rarely.</summary>
internal sealed class AccountRequest<T>(Func<Account, ValueTask<T>> function) : IAccountWork
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public async ValueTask RunAsync(Account account) => _result.SetResult(await function(account));

    public void Fail(Exception reason) => _result.TrySetException(reason);
}

internal sealed class AccountAction(Func<Account, ValueTask> function) : IAccountWork
{
    public ValueTask RunAsync(Account account) => function(account);

    public void Fail(Exception reason) { }
}
