using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public class DataFormsTests
{
    [Fact]
    public void A_form_is_written_with_its_type_hidden_and_read_back()
    {
        var form = DataForms.Make("form", "urn:a", "Fill in.", DataForms.MakeField("b", "text-single", "B", "1", "2"), DataForms.MakeField("c"));
        Assert.Equal(
            "<x xmlns='jabber:x:data' type='form'><instructions>Fill in.</instructions>"
            + "<field var='FORM_TYPE' type='hidden'><value>urn:a</value></field>"
            + "<field var='b' type='text-single' label='B'><value>1</value><value>2</value></field><field var='c'/></x>",
            form.ToString());
        Assert.Equal("urn:a", DataForms.FormType(form));
        Assert.Equal(["1", "2"], DataForms.Values(form, "b"));
        Assert.Empty(DataForms.Values(form, "c"));
        Assert.Empty(DataForms.Values(form, "d"));
        Assert.Null(DataForms.FormType(new Element(DataForms.Form)));
    }
}
