using Xunit.Sdk;

namespace MyChat.Testing.Plays;

/// <summary>A play did not go as written; the message holds the play so far.</summary>
public sealed class PlayException(string message, Exception? inner = null) : XunitException(message, inner);
