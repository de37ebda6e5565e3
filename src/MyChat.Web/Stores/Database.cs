using System.Runtime.InteropServices.JavaScript;
using MyChat.Web.Browser;

namespace MyChat.Web.Stores;

/// <summary>
/// The functions of database.js: a store is known by a number, what goes in and out is JSON, and a failure is a <see cref="JSException"/> "name: text".
/// </summary>
internal static partial class Database
{
    [JSImport("openStore", Script.Name)]
    public static partial Task<int> OpenAsync(string name);

    [JSImport("readDocuments", Script.Name)]
    public static partial Task<string> ReadDocumentsAsync(int store, string prefix);

    [JSImport("readMessages", Script.Name)]
    public static partial Task<string> ReadMessagesAsync(int store, string contact, string after, string before, int count, bool fromStart);

    [JSImport("countReceived", Script.Name)]
    public static partial Task<int> CountReceivedAsync(int store, string contact, string after);

    [JSImport("findByKey", Script.Name)]
    public static partial Task<string> FindByKeyAsync(int store, string key);

    [JSImport("findById", Script.Name)]
    public static partial Task<string> FindByIdAsync(int store, string contact, string id);

    [JSImport("findByStanzaId", Script.Name)]
    public static partial Task<string> FindByStanzaIdAsync(int store, string id);

    [JSImport("search", Script.Name)]
    public static partial Task<string> SearchAsync(int store, string? contact, string words, string? before, int count);

    [JSImport("readQueued", Script.Name)]
    public static partial Task<string> ReadQueuedAsync(int store);

    [JSImport("commit", Script.Name)]
    public static partial Task CommitAsync(int store, string batch);

    [JSImport("clear", Script.Name)]
    public static partial Task ClearAsync(int store);

    [JSImport("closeStore", Script.Name)]
    public static partial void Close(int store);
}
