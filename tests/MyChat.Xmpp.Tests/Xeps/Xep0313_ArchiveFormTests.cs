using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public class ArchiveFormTests
{
    private const string FormType = "<field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field>";

    private static Element Query(string content) => Element.Parse($"<query xmlns='urn:xmpp:mam:2'>{content}</query>");

    private static Element Form(string fields) => Query($"<x xmlns='jabber:x:data' type='submit'>{FormType}{fields}</x>");

    private static string Field(string name, params string[] values) =>
        $"<field var='{name}'>{string.Concat(values.Select(value => $"<value>{value}</value>"))}</field>";

    [Fact]
    public void A_query_that_says_nothing_asks_for_all()
    {
        Assert.True(ArchiveForm.TryRead(Query(""), out var request, out _));
        Assert.Equal(new ArchiveRequest(), request);
        Assert.Equal("<query xmlns='urn:xmpp:mam:2'/>", MessageArchive.MakeQuery(request).ToString());
    }

    [Fact]
    public void A_query_is_written_and_read()
    {
        var asked = new ArchiveRequest
        {
            QueryId = "q",
            With = Jid.Parse("romeo@verona.lit/orchard"),
            Start = new DateTimeOffset(2026, 5, 17, 12, 0, 0, 250, TimeSpan.Zero),
            End = new DateTimeOffset(2027, 5, 17, 12, 0, 0, TimeSpan.Zero),
            BeforeId = "b",
            AfterId = "a",
            Text = "牛奶 milk",
            Page = new ResultSetRequest(10, "x"),
            IsFlipped = true,
        };
        Assert.True(ArchiveForm.TryRead(MessageArchive.MakeQuery(asked), out var request, out _));
        Assert.Equal(asked, request);
        Assert.True(ArchiveForm.TryRead(MessageArchive.MakeQuery(new ArchiveRequest { Ids = ["1", "2"] }), out request, out _));
        Assert.Equal(["1", "2"], request.Ids!);
    }

    [Theory]
    [InlineData("2026-05-17T12:00:00Z", "2026-05-17T12:00:00.000Z")]
    [InlineData("2026-05-17T12:00:00.25+02:00", "2026-05-17T10:00:00.250Z")]
    [InlineData("1969-07-21T02:56:15Z", "1969-07-21T02:56:15.000Z")]
    public void A_time_is_read_in_any_zone(string text, string utc)
    {
        Assert.True(ArchiveForm.TryRead(Form(Field("start", text)), out var request, out _));
        Assert.Equal(utc, MessageArchive.WriteStamp(request.Start!.Value));
    }

    [Theory]
    [InlineData("start", "yesterday")]
    [InlineData("end", "2026-05-17")]
    [InlineData("start", "0001-01-01T00:00:00Z")]
    [InlineData("end", "9999-12-31T23:59:59Z")]
    [InlineData("with", "@")]
    [InlineData("with", "")]
    [InlineData("include-groupchat", "maybe")]
    public void A_value_of_the_wrong_kind_is_an_error(string name, string value) => AssertError(Form(Field(name, value)), StanzaErrorCondition.BadRequest);

    [Theory]
    [InlineData("with", "a@b", "c@d")]
    [InlineData("after-id", "a", "b")]
    [InlineData("{urn:xmpp:fulltext:0}fulltext", "a", "b")]
    public void One_value_where_one_is_expected(string name, params string[] values) => AssertError(Form(Field(name, values)), StanzaErrorCondition.BadRequest);

    [Fact]
    public void Ids_are_bounded()
    {
        var ids = Enumerable.Range(0, ArchiveForm.MostIds).Select(i => $"{i}").ToArray();
        Assert.True(ArchiveForm.TryRead(Form(Field("ids", ids)), out var request, out _));
        Assert.Equal(ids, request.Ids!);
        AssertError(Form(Field("ids", [.. ids, "more"])), StanzaErrorCondition.BadRequest);
    }

    [Fact]
    public void An_empty_search_is_none()
    {
        Assert.True(ArchiveForm.TryRead(Form(Field(FullTextSearch.Field, " ")), out var request, out _));
        Assert.Null(request.Text);
        Assert.True(ArchiveForm.TryRead(Form(Field(FullTextSearch.Field, "milk")), out request, out _));
        Assert.Equal("milk", request.Text);
    }

    [Fact]
    public void Unknown_fields_forms_and_nodes_are_errors()
    {
        AssertError(Form(Field("colour", "red")), StanzaErrorCondition.FeatureNotImplemented);
        AssertError(Query("<x xmlns='jabber:x:data' type='submit'/>"), StanzaErrorCondition.BadRequest);
        AssertError(Query($"<x xmlns='jabber:x:data' type='form'>{FormType}</x>"), StanzaErrorCondition.BadRequest);
        AssertError(Query("").With(("node", "n")), StanzaErrorCondition.ItemNotFound);
    }

    [Fact]
    public void The_form_names_every_field_that_is_understood()
    {
        foreach (var hasSearch in new[] { false, true })
        {
            var names = ArchiveForm.Make(hasSearch).Children(DataForms.Field).Select(field => field["var"]!).ToList();
            Assert.Equal(hasSearch, names.Contains(FullTextSearch.Field));
            Assert.Superset(new HashSet<string> { "with", "start", "end", "before-id", "after-id", "ids" }, names.ToHashSet());
            foreach (var name in names.Where(name => name is not ("FORM_TYPE" or "with" or "start" or "end")))
            {
                Assert.True(ArchiveForm.TryRead(Form(Field(name, "1")), out _, out _), name);
            }
        }
    }

    private static void AssertError(Element query, StanzaErrorCondition condition)
    {
        Assert.False(ArchiveForm.TryRead(query, out _, out var error));
        Assert.Equal(condition, error.Condition);
    }
}
