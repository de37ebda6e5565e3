using System.Runtime.CompilerServices;
using MyChat.Client.Profiles;

namespace MyChat.Ui.Common;

/// <summary>Pictures as addresses that an img takes: data, so that nothing is asked of anybody.</summary>
public static class PictureSource
{
    private static readonly ConditionalWeakTable<Picture, string> Sources = [];

    public static string Of(Picture picture) => Sources.GetValue(picture, static value => $"data:{value.Type};base64,{Convert.ToBase64String(value.Bytes)}");
}
