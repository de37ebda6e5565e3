using System.Runtime.CompilerServices;

// Tests and fuzzing replay exchanges with fixed nonces; nobody else may choose one.
[assembly: InternalsVisibleTo("MyChat.Xmpp.Tests")]
[assembly: InternalsVisibleTo("MyChat.Fuzz")]
