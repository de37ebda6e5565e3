namespace MyChat.Xmpp.Sasl;

/// <summary>What the client will log in with.</summary>
/// <param name="Name">The mechanism to name in &lt;auth/&gt;.</param>
/// <param name="Scram">The same for <see cref="ScramClient"/>; null for PLAIN.</param>
/// <param name="Binding">For <see cref="ScramClient.Binding"/>.</param>
/// <param name="PlusOffered">For <see cref="ScramClient.PlusOffered"/>.</param>
public sealed record MechanismChoice(string Name, ScramMechanism? Scram, ChannelBinding? Binding, bool PlusOffered)
{
    private static readonly ScramMechanism[] Strongest =
    [
        new(ScramHash.Sha256, true), new(ScramHash.Sha1, true), new(ScramHash.Sha256, false), new(ScramHash.Sha1, false),
    ];

    /// <summary>The strongest mechanism that is offered and allowed; null when there is none.</summary>
    /// <param name="offered">The names in the server's list.</param>
    /// <param name="bindings">What this channel can be bound to, the best first; empty where the client cannot bind (a browser).</param>
    /// <param name="offeredBindings">The types that the server announces (XEP-0440), or null when it announces none.</param>
    /// <param name="allowPlain">The channel is encrypted, the certificate checked, and the user permits to show the server the
    /// password.</param>
    public static MechanismChoice? Choose(
        IReadOnlyCollection<string> offered,
        IReadOnlyList<ChannelBinding> bindings,
        IReadOnlyCollection<string>? offeredBindings = null,
        bool allowPlain = false)
    {
        // Only names that could have been chosen count: a made-up "X-PLUS" in a forged list must not talk the client out of the flag "y".
        var plusOffered = Strongest.Any(mechanism => mechanism.Plus && offered.Contains(mechanism.Name));
        var usable = bindings.FirstOrDefault(binding => offeredBindings?.Contains(binding.Type) ?? true);
        var best = Array.FindIndex(Strongest, mechanism => offered.Contains(mechanism.Name) && (usable is not null || !mechanism.Plus));
        if (best >= 0)
        {
            // A binding that the server does not announce still goes along: without any -PLUS in the list it makes the client send "y".
            var binding = usable ?? (bindings.Count > 0 ? bindings[0] : null);
            return new MechanismChoice(Strongest[best].Name, Strongest[best], binding, plusOffered);
        }

        return allowPlain && offered.Contains(SaslMechanism.Plain)
            ? new MechanismChoice(SaslMechanism.Plain, null, null, plusOffered)
            : null;
    }
}
