namespace MyChat.Storage.Portable;

/// <summary>What an import made.</summary>
/// <param name="Accounts">Their names.</param>
/// <param name="Messages">How many messages are in their histories.</param>
/// <param name="Notices">What was left out, and what is to be done yet; a line each.</param>
public sealed record ImportSummary(IReadOnlyList<string> Accounts, long Messages, IReadOnlyList<string> Notices);
