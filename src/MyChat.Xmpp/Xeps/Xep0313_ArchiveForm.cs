using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Search;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0313 §4.1: the form of an archive's query, and how a query is read.</summary>
public static class ArchiveForm
{
    /// <summary>Ids that one query may name.</summary>
    public const int MostIds = 500;

    private const string With = "with";
    private const string Start = "start";
    private const string End = "end";
    private const string BeforeId = "before-id";
    private const string AfterId = "after-id";
    private const string Ids = "ids";
    private const string IncludeGroupchat = "include-groupchat";
    private const string ValidationNs = "http://jabber.org/protocol/xdata-validate"; // XEP-0122

    private static readonly string[] StampFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly string[] Known =
        [DataForms.FormTypeVar, With, Start, End, BeforeId, AfterId, Ids, IncludeGroupchat, FullTextSearch.Field];

    /// <summary>The fields that can be filled in (§4.1.5).</summary>
    /// <param name="hasSearch">Whether text can be searched for.</param>
    public static Element Make(bool hasSearch)
    {
        var anyId = new Element(new XName(ValidationNs, "validate"), ("datatype", "xs:string"), new Element(new XName(ValidationNs, "open")));
        List<Element> fields =
        [
            DataForms.MakeField(With, "jid-single"),
            DataForms.MakeField(Start, "text-single"),
            DataForms.MakeField(End, "text-single"),
            DataForms.MakeField(BeforeId, "text-single"),
            DataForms.MakeField(AfterId, "text-single"),
            DataForms.MakeField(Ids, "list-multi").With(anyId),
            DataForms.MakeField(IncludeGroupchat, "boolean"),
        ];
        if (hasSearch)
        {
            fields.Add(DataForms.MakeField(FullTextSearch.Field, "text-single"));
        }
        return DataForms.Make("form", MessageArchive.Ns, null, fields);
    }

    /// <summary>The form filled in, or null when it says nothing.</summary>
    internal static Element? MakeSubmission(ArchiveRequest request)
    {
        Element?[] fields =
        [
            Fill(With, request.With?.ToString()),
            Fill(Start, request.Start is { } start ? MessageArchive.WriteStamp(start) : null),
            Fill(End, request.End is { } end ? MessageArchive.WriteStamp(end) : null),
            Fill(BeforeId, request.BeforeId),
            Fill(AfterId, request.AfterId),
            request.Ids is null ? null : DataForms.MakeField(Ids, values: request.Ids),
            Fill(FullTextSearch.Field, request.Text),
        ];
        Element[] filled = [.. fields.OfType<Element>()];
        return filled.Length == 0 ? null : DataForms.Make("submit", MessageArchive.Ns, null, filled);
    }

    /// <summary>Reads the <c>&lt;query/&gt;</c> of a request; false with the error to answer. Whether ids are any is the archive's to say.</summary>
    public static bool TryRead(Element query, out ArchiveRequest request, [NotNullWhen(false)] out StanzaError? error)
    {
        request = new ArchiveRequest { QueryId = query["queryid"], IsFlipped = query.Child(MessageArchive.FlipPage) is not null };
        if (query["node"] is not null)
        {
            error = new StanzaError(StanzaErrorCondition.ItemNotFound, "Only the archives of pubsub have nodes.");
            return false;
        }
        if (!ResultSets.TryRead(query, out var page, out error))
        {
            return false;
        }
        request = request with { Page = page };
        return query.Child(DataForms.Form) is not { } form || TryReadFields(form, ref request, out error);
    }

    /// <summary>A moment as XEP-0082 §3.2 writes it.</summary>
    internal static bool TryReadStamp(string text, out DateTimeOffset stamp) => DateTimeOffset.TryParseExact(
            text, StampFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out stamp)
        && stamp.Year is > 1 and < 9999; // there is room to look a little around it

    private static bool TryReadFields(Element form, ref ArchiveRequest request, [NotNullWhen(false)] out StanzaError? error)
    {
        error = null;
        if (form["type"] != "submit" || DataForms.FormType(form) != MessageArchive.Ns)
        {
            error = new StanzaError(StanzaErrorCondition.BadRequest, $"A form of the type {MessageArchive.Ns}, filled in, is expected.");
            return false;
        }
        foreach (var field in form.Children(DataForms.Field))
        {
            var name = field["var"] ?? "";
            string[] values = [.. field.Children(DataForms.Value).Select(value => value.Text)];
            error = !Known.Contains(name)
                ? new StanzaError(StanzaErrorCondition.FeatureNotImplemented, $"There is no field {name}.") // §4.1.5
                : values.Length > 0 && !TryRead(name, values, ref request) ? Wrong(name) : null;
            if (error is not null)
            {
                return false;
            }
        }
        return true;
    }

    private static bool TryRead(string name, string[] values, ref ArchiveRequest request)
    {
        var value = values[0];
        switch (name)
        {
            case Ids:
                request = request with { Ids = [.. values.Distinct()] };
                return values.Length <= MostIds;
            case not DataForms.FormTypeVar when values.Length > 1:
                return false;
            case With when Jid.TryParse(value, out var jid):
                request = request with { With = jid };
                return true;
            case Start when TryReadStamp(value, out var stamp):
                request = request with { Start = stamp };
                return true;
            case End when TryReadStamp(value, out var stamp):
                request = request with { End = stamp };
                return true;
            case BeforeId:
                request = request with { BeforeId = value };
                return true;
            case AfterId:
                request = request with { AfterId = value };
                return true;
            case FullTextSearch.Field when value.Length <= SearchQuery.MaxLength:
                request = request with { Text = string.IsNullOrWhiteSpace(value) ? null : value }; // XEP-0431 §2.2: "if non-empty"
                return true;
            case IncludeGroupchat:
                return value is "true" or "false" or "1" or "0";
            default:
                return name == DataForms.FormTypeVar;
        }
    }

    private static StanzaError Wrong(string name) => new(StanzaErrorCondition.BadRequest, name switch
    {
        With => "with: an address is expected.",
        Start or End => $"{name}: a date and time is expected, such as 2026-05-17T12:00:00Z.",
        Ids => $"ids: at most {MostIds} are taken at a time.",
        FullTextSearch.Field => $"{name}: one text of at most {SearchQuery.MaxLength} characters is expected.",
        IncludeGroupchat => "include-groupchat: true or false is expected.",
        _ => $"{name}: one value is expected.",
    });

    private static Element? Fill(string name, string? value) => value is null ? null : DataForms.MakeField(name, values: value);
}
