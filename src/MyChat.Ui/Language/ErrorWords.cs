using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Ui.Language;

/// <summary>What went wrong, and what to do about it.</summary>
public abstract class ErrorWords
{
    public string Of(XmppException exception) => exception switch
    {
        StanzaErrorException refused => Of(refused.Condition),
        AuthenticationException => Of(ConnectionFault.WrongPassword),
        StreamErrorException or NegotiationException => Of(ConnectionFault.Protocol),
        NoAnswerException => NoAnswer,
        _ => NoConnection,
    };

    /// <summary>An answer of the server or of another's client.</summary>
    public abstract string Of(StanzaErrorCondition condition);

    /// <summary>Why there is no connection, in a sentence or two.</summary>
    public abstract string Of(ConnectionFault fault);

    public abstract string NoConnection { get; }
    public abstract string NoAnswer { get; }

    /// <summary>The device keeps nothing.</summary>
    public abstract string Store(string detail);

    /// <summary>What was set holds until the app ends only.</summary>
    public abstract string Settings(string detail);

    /// <summary>Who logged out has left something behind.</summary>
    public abstract string NotForgotten(string detail);

    /// <summary>A bug, or something that nobody thought of.</summary>
    public abstract string Unexpected { get; }
}

internal sealed class EnglishErrorWords : ErrorWords
{
    public override string NoConnection => "There is no connection. Try again when you are back online.";
    public override string NoAnswer => "The server did not answer in time. Try again.";
    public override string Unexpected => "Something went wrong in MyChat itself. Reload, please; your messages are kept.";
    public override string Store(string detail) => $"This device cannot keep your history at the moment: {detail}";
    public override string Settings(string detail) => $"This device cannot keep your settings at the moment: {detail}";
    public override string NotForgotten(string detail) => $"Something of your account could not be removed from this device: {detail}";

    public override string Of(StanzaErrorCondition condition) => condition switch
    {
        StanzaErrorCondition.BadRequest => "The server did not understand this request. Check what you entered and try again.",
        StanzaErrorCondition.Conflict => "This name is already taken. Choose another.",
        StanzaErrorCondition.FeatureNotImplemented => "The server cannot do this.",
        StanzaErrorCondition.Forbidden => "You are not allowed to do this.",
        StanzaErrorCondition.Gone => "This address does not exist any more.",
        StanzaErrorCondition.InternalServerError => "The server has a problem of its own. Try again in a while.",
        StanzaErrorCondition.ItemNotFound => "There is nobody at this address. Check its spelling.",
        StanzaErrorCondition.JidMalformed => "This is not a valid address. It should look like name@example.org.",
        StanzaErrorCondition.NotAcceptable => "The server does not accept this. Check what you entered.",
        StanzaErrorCondition.NotAllowed => "The server does not allow this.",
        StanzaErrorCondition.NotAuthorized => "Log in again to do this.",
        StanzaErrorCondition.PolicyViolation => "This breaks a rule of the server, or there was too much at once. Try again in a while.",
        StanzaErrorCondition.RecipientUnavailable => "They cannot be reached now. Try again later.",
        StanzaErrorCondition.Redirect => "This is somewhere else now. Ask for the new address.",
        StanzaErrorCondition.RegistrationRequired => "One must register there first.",
        StanzaErrorCondition.RemoteServerNotFound => "The server of this address cannot be found. Check the part after the @.",
        StanzaErrorCondition.RemoteServerTimeout => "The server of this address does not answer. Try again later.",
        StanzaErrorCondition.ResourceConstraint => "The server has no room or time for this now. Try again in a while.",
        StanzaErrorCondition.ServiceUnavailable => "They cannot be reached, or the server does not offer this.",
        StanzaErrorCondition.SubscriptionRequired => "Only friends can do this. Send a friend request first.",
        StanzaErrorCondition.UnexpectedRequest => "The server did not expect this now. Try again.",
        _ => "The server refused without saying why. Try again in a while.",
    };

    public override string Of(ConnectionFault fault) => fault switch
    {
        ConnectionFault.Unreachable => "The server cannot be reached. Check your network.",
        ConnectionFault.Lost => "The connection was lost.",
        ConnectionFault.ServerUnavailable => "The server is restarting or overloaded.",
        ConnectionFault.CertificateNotTrusted => "The server cannot prove who it is: its certificate is not trusted.",
        ConnectionFault.NotSecure => "The server offers no secure connection, so no password was sent. Ask its operator.",
        ConnectionFault.WrongPassword => "User name or password is wrong.",
        ConnectionFault.Replaced => "You signed in from another window or device, which took over this connection.",
        _ => "The server ended the connection unexpectedly.",
    };
}

internal sealed class ChineseErrorWords : ErrorWords
{
    public override string NoConnection => "当前没有连接，恢复连接后请重试。";
    public override string NoAnswer => "服务器没有及时响应，请重试。";
    public override string Unexpected => "MyChat 自身出错了，请重新加载；你的消息已经保存。";
    public override string Store(string detail) => $"本设备目前无法保存聊天记录：{detail}";
    public override string Settings(string detail) => $"本设备目前无法保存设置：{detail}";
    public override string NotForgotten(string detail) => $"未能从本设备上完全移除你的账号数据：{detail}";

    public override string Of(StanzaErrorCondition condition) => condition switch
    {
        StanzaErrorCondition.BadRequest => "服务器无法理解这个请求，请检查填写的内容后重试。",
        StanzaErrorCondition.Conflict => "这个名字已经被占用，请换一个。",
        StanzaErrorCondition.FeatureNotImplemented => "服务器不支持这项功能。",
        StanzaErrorCondition.Forbidden => "你没有权限这样做。",
        StanzaErrorCondition.Gone => "这个地址已经不存在了。",
        StanzaErrorCondition.InternalServerError => "服务器出现故障，请稍后重试。",
        StanzaErrorCondition.ItemNotFound => "这个地址没有对应的用户，请检查拼写。",
        StanzaErrorCondition.JidMalformed => "地址格式不正确，应类似 name@example.org。",
        StanzaErrorCondition.NotAcceptable => "服务器不接受这些内容，请检查填写的信息。",
        StanzaErrorCondition.NotAllowed => "服务器不允许这样做。",
        StanzaErrorCondition.NotAuthorized => "请重新登录后再试。",
        StanzaErrorCondition.PolicyViolation => "违反了服务器的规定，或操作过于频繁，请稍后重试。",
        StanzaErrorCondition.RecipientUnavailable => "现在联系不上对方，请稍后重试。",
        StanzaErrorCondition.Redirect => "对方已经更换地址，请向对方询问新地址。",
        StanzaErrorCondition.RegistrationRequired => "需要先在那里注册。",
        StanzaErrorCondition.RemoteServerNotFound => "找不到这个地址所在的服务器，请检查 @ 后面的部分。",
        StanzaErrorCondition.RemoteServerTimeout => "对方的服务器没有响应，请稍后重试。",
        StanzaErrorCondition.ResourceConstraint => "服务器目前没有足够的空间或资源，请稍后重试。",
        StanzaErrorCondition.ServiceUnavailable => "联系不上对方，或者服务器不提供这项功能。",
        StanzaErrorCondition.SubscriptionRequired => "只有好友才能这样做，请先发送好友请求。",
        StanzaErrorCondition.UnexpectedRequest => "服务器暂时无法处理这个请求，请重试。",
        _ => "服务器拒绝了请求，但没有说明原因，请稍后重试。",
    };

    public override string Of(ConnectionFault fault) => fault switch
    {
        ConnectionFault.Unreachable => "无法连接服务器，请检查网络。",
        ConnectionFault.Lost => "连接已断开。",
        ConnectionFault.ServerUnavailable => "服务器正在重启或负载过高。",
        ConnectionFault.CertificateNotTrusted => "服务器无法证明自己的身份：它的证书不受信任。",
        ConnectionFault.NotSecure => "服务器不提供安全连接，因此没有发送密码。请联系服务器管理员。",
        ConnectionFault.WrongPassword => "用户名或密码错误。",
        ConnectionFault.Replaced => "你已在其他窗口或设备登录，这里的连接已被取代。",
        _ => "服务器意外断开了连接。",
    };
}
