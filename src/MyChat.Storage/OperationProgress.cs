namespace MyChat.Storage;

/// <summary>How far a long operation is.</summary>
/// <param name="Step">What it is at, in words for the operator: <c>copying messages</c>.</param>
/// <param name="Done">How much of the step is done.</param>
/// <param name="Total">How much there is to do; 0 when nobody knows.</param>
public readonly record struct OperationProgress(string Step, long Done, long Total);
