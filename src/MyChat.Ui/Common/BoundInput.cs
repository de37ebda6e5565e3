using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace MyChat.Ui.Common;

/// <summary>
/// An input element whose handler stays the same however often it is drawn. The one that <c>@bind</c> makes is another each time, and where the screens are
/// drawn in another process, a busy one, it happened that the browser's event named a handler that was gone: what was typed was lost.
/// </summary>
public sealed class BoundInput : ComponentBase
{
    private ElementReference _element;

    [Parameter] public string Value { get; set; } = "";
    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    /// <summary>The element's own attributes.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    public ValueTask FocusAsync() => _element.FocusAsync();

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "input");
        builder.AddMultipleAttributes(1, Attributes);
        builder.AddAttribute(2, "value", Value);
        builder.AddAttribute(3, "oninput", EventCallback.Factory.Create<ChangeEventArgs>(this, InputAsync));
        // What comes back from a slow host never replaces what was typed since.
        builder.SetUpdatesAttributeName("value");
        builder.AddElementReferenceCapture(4, element => _element = element);
        builder.CloseElement();
    }

    private Task InputAsync(ChangeEventArgs input)
    {
        Value = input.Value as string ?? "";
        return ValueChanged.InvokeAsync(Value);
    }
}
