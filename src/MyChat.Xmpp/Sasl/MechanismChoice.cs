namespace MyChat.Xmpp.Sasl;

/// <summary>What the client will log in with.</summary>
/// <param name="Name">The mechanism to name in &lt;auth/&gt;.</param>
/// <param name="Scram">The same for <see cref="ScramClient"/>; null for PLAIN.</param>
/// <param name="Binding">For <see cref="ScramClient.Binding"/>.</param>
/// <param name="PlusOffered">For <see cref="ScramClient.PlusOffered"/>.</param>
public sealed record MechanismChoice(string Name, ScramMechanism? Scram, ChannelBinding? Binding, bool PlusOffered)
{
    /// <summary>The strongest mechanism that is offered and allowed; null when there is none.</summary>
    /// <param name="offered">The names in the server's list.</param>
    /// <param name="bindings">What this channel can be bound to, the best first; empty where the client cannot bind (a browser).</param>
    /// <param name="offeredBindings">The types that the server announces (XEP-0440), or null when it announces none.</param>
    /// <param name="allowPlain">The channel is encrypted, the certificate checked, and the user permits to show the server the password.</param>
    public static MechanismChoice? Choose(
        IReadOnlyCollection<string> offered,
        IReadOnlyList<ChannelBinding> bindings,
        IReadOnlyCollection<string>? offeredBindings = null,
        bool allowPlain = false) => throw new NotImplementedException();
}
