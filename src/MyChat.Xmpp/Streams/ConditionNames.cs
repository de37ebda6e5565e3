using System.Collections.Frozen;
using System.Text;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Xmpp.Streams;

/// <summary>The names of conditions on the wire: <c>BadRequest</c> is <c>bad-request</c>.</summary>
public static class ConditionNames
{
    public static string Name(this StanzaErrorCondition condition) => Table<StanzaErrorCondition>.Names[(int)condition];

    public static string Name(this StreamErrorCondition condition) => Table<StreamErrorCondition>.Names[(int)condition];

    public static bool TryParse(string name, out StanzaErrorCondition condition) =>
        Table<StanzaErrorCondition>.Values.TryGetValue(name, out condition);

    public static bool TryParse(string name, out StreamErrorCondition condition) =>
        Table<StreamErrorCondition>.Values.TryGetValue(name, out condition);

    private static class Table<T> where T : struct, Enum
    {
        public static readonly string[] Names = [.. Enum.GetNames<T>().Select(Kebab)];

        public static readonly FrozenDictionary<string, T> Values =
            Enum.GetValues<T>().Select((value, i) => KeyValuePair.Create(Names[i], value)).ToFrozenDictionary();

        private static string Kebab(string name)
        {
            var kebab = new StringBuilder();
            foreach (var c in name)
            {
                kebab.Append(char.IsUpper(c) && kebab.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(c));
            }

            return kebab.ToString();
        }
    }
}
