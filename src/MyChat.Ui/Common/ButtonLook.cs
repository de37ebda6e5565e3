namespace MyChat.Ui.Common;

public enum ButtonLook
{
    Plain,
    /// <summary>The one thing to do here.</summary>
    Primary,
    /// <summary>Takes something away.</summary>
    Danger,
    /// <summary>Text only, beside others.</summary>
    Quiet,
}
