namespace MyChat.Ui.Language;

/// <summary>The user's own profile.</summary>
public abstract class ProfileWords
{
    public abstract string Title { get; }
    public abstract string Picture { get; }
    public abstract string PictureOf(string name);
    public abstract string ChoosePicture { get; }
    public abstract string RemovePicture { get; }
    public abstract string PictureHint { get; }
    public abstract string PictureUnreadable { get; }
    public abstract string CropTitle { get; }
    public abstract string CropHint { get; }
    public abstract string CropArea { get; }
    public abstract string Zoom { get; }
    public abstract string UsePicture { get; }
    public abstract string DisplayName { get; }
    public abstract string DisplayNameHint { get; }
    public abstract string Address { get; }
    public abstract string AddressHint { get; }
    public abstract string Signature { get; }
    public abstract string SignatureHint { get; }
}

internal sealed class EnglishProfileWords : ProfileWords
{
    public override string Title => "My profile";
    public override string Picture => "Picture";
    public override string PictureOf(string name) => $"Picture of {name}";
    public override string ChoosePicture => "Choose a picture…";
    public override string RemovePicture => "Remove";
    public override string PictureHint => "Everybody who has your address can see it.";
    public override string PictureUnreadable => "This file is not a picture that can be shown. Choose a PNG, JPEG, GIF or WebP.";
    public override string CropTitle => "Choose what is shown";
    public override string CropHint => "Drag the picture, or move it with the arrow keys.";
    public override string CropArea => "Part of the picture";
    public override string Zoom => "Size";
    public override string UsePicture => "Use this picture";
    public override string DisplayName => "Display name";
    public override string DisplayNameHint => "In any script. Friends see it unless they gave you a name of their own.";
    public override string Address => "Address";
    public override string AddressHint => "Give it to friends, so that they can find you.";
    public override string Signature => "Personal signature";
    public override string SignatureHint => "Stands under your name in your friends' lists.";
}

internal sealed class ChineseProfileWords : ProfileWords
{
    public override string Title => "我的资料";
    public override string Picture => "头像";
    public override string PictureOf(string name) => $"{name}的头像";
    public override string ChoosePicture => "选择图片…";
    public override string RemovePicture => "移除";
    public override string PictureHint => "知道你地址的人都能看到头像。";
    public override string PictureUnreadable => "无法显示这个文件，请选择 PNG、JPEG、GIF 或 WebP 图片。";
    public override string CropTitle => "选择显示的部分";
    public override string CropHint => "拖动图片，或用方向键移动。";
    public override string CropArea => "图片显示的部分";
    public override string Zoom => "大小";
    public override string UsePicture => "使用此图片";
    public override string DisplayName => "昵称";
    public override string DisplayNameHint => "可使用任何文字。好友若没有为你设置备注，就会看到它。";
    public override string Address => "地址";
    public override string AddressHint => "把它告诉朋友，他们就能找到你。";
    public override string Signature => "个性签名";
    public override string SignatureHint => "显示在好友列表中你的名字下方。";
}
