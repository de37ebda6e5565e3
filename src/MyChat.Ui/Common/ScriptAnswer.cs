using System.Diagnostics.CodeAnalysis;

namespace MyChat.Ui.Common;

/// <summary>What a script's answer is read into.</summary>
internal static class ScriptAnswer
{
    /// <summary>What must be left of its type when the program is trimmed: JSON is read into it.</summary>
    public const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;
}
