namespace MyChat.Server.Modules;

/// <summary>
/// A piece of the server's behaviour, one XEP as a rule: a stateless singleton that declares what it does. What it knows of a session or an
/// account it keeps there, as a typed record.
/// </summary>
public interface IXmppModule
{
    void Configure(ModuleBuilder module);
}

/// <summary>The XEP that a module implements, and the version of it that was read.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class XepAttribute(int number, string version) : Attribute
{
    public int Number { get; } = number;
    public string Version { get; } = version;

    /// <summary>What is left out or particular, for docs/xeps.md.</summary>
    public string? Note { get; init; }
}
