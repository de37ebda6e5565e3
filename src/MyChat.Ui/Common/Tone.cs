namespace MyChat.Ui.Common;

/// <summary>How serious a message is.</summary>
public enum Tone { Info, Warning, Error }
