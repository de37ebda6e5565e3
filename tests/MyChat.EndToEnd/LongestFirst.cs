using MyChat.EndToEnd.Browsers;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(MyChat.EndToEnd.LongestFirst))]

namespace MyChat.EndToEnd;

/// <summary>The browsers' tests take longest, and begin first: all others fit beside them.</summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections
            .OrderBy(collection => collection.TestCollectionDisplayName == nameof(BrowserTest) ? 0 : 1)
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
