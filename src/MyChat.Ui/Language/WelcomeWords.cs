namespace MyChat.Ui.Language;

/// <summary>Logging in and registering.</summary>
public abstract class WelcomeWords
{
    public abstract string Slogan { get; }
    public abstract string LogIn { get; }
    public abstract string Register { get; }
    public abstract string LoggingIn { get; }
    public abstract string Registering { get; }
    public abstract string UserName { get; }
    public abstract string UserNameHint(string domain);
    public abstract string DisplayName { get; }
    public abstract string DisplayNameHint { get; }
    public abstract string Password { get; }
    public abstract string RepeatPassword { get; }
    public abstract string Remember { get; }
    public abstract string Advanced { get; }
    public abstract string Domain { get; }
    public abstract string DomainHint { get; }
    public abstract string ConnectTo { get; }
    public abstract string ConnectToHint { get; }
    public abstract string Server(string domain);

    public abstract string UserNameRules { get; }
    public abstract string UserNameEmpty { get; }
    public abstract string UserNameHas(string character);
    public abstract string UserNameHasSpace { get; }
    public abstract string UserNameIsAddress(string localpart);
    public abstract string UserNameOfOtherServer(string domain);
    public abstract string UserNameInvalid { get; }
    public abstract string UserNameTooLong { get; }
    public abstract string UserNameTaken { get; }
    public abstract string DisplayNameEmpty { get; }
    public abstract string PasswordEmpty { get; }
    public abstract string PasswordInvalid { get; }
    public abstract string PasswordsDiffer { get; }
    public abstract string DomainInvalid { get; }
    public abstract string ConnectToInvalid { get; }
    public abstract string RegistrationClosed { get; }
    public abstract string TooManyRegistrations { get; }
    public abstract string RegisterRefused { get; }
    public abstract string AccountMade { get; }
    public abstract string NameNotSaved { get; }
    public abstract string ServerUnknown { get; }

    public abstract string InsecureTitle { get; }
    public abstract string InsecureText { get; }
    public abstract string InsecureOpen { get; }
    public abstract string InsecureNoAddress { get; }

    public abstract string ElsewhereTitle { get; }
    public abstract string ElsewhereText { get; }
    public abstract string ElsewhereUseHere { get; }
    public abstract string Starting { get; }

    public abstract string CertificateTitle { get; }
    public abstract string CertificateText(string domain);
    public abstract string CertificateOtherName(string domain);
    public abstract string CertificateFingerprint { get; }
    public abstract string CertificateSubject { get; }
    public abstract string CertificateIssuer { get; }
    public abstract string CertificateValid { get; }
    public abstract string CertificateTrust { get; }
}

internal sealed class EnglishWelcomeWords : WelcomeWords
{
    public override string Slogan => "Talk with your friends. Calmly.";
    public override string LogIn => "Log in";
    public override string Register => "Register";
    public override string LoggingIn => "Logging in…";
    public override string Registering => "Making your account…";
    public override string UserName => "User name";
    public override string UserNameHint(string domain) => $"Your address will be name@{domain}. Letters and digits of any script, and . _ - are fine; no spaces.";
    public override string DisplayName => "Display name";
    public override string DisplayNameHint => "What your friends see. You can change it at any time.";
    public override string Password => "Password";
    public override string RepeatPassword => "Password again";
    public override string Remember => "Keep me logged in on this device";
    public override string Advanced => "Advanced";
    public override string Domain => "Domain";
    public override string DomainHint => "The part of your address after the @.";
    public override string ConnectTo => "Connect to";
    public override string ConnectToHint => "host:port, if it is not where the domain says.";
    public override string Server(string domain) => $"Server: {domain}";

    public override string UserNameRules => "Letters and digits of any script and . _ - are fine; spaces and \" & ' / : < > @ are not.";
    public override string UserNameEmpty => "Enter your user name.";
    public override string UserNameHas(string character) => $"A user name cannot contain {character}";
    public override string UserNameHasSpace => "A user name cannot contain spaces.";
    public override string UserNameIsAddress(string localpart) => $"Only the part before the @ is needed here: {localpart}";
    public override string UserNameOfOtherServer(string domain) => $"This page belongs to {domain}. Enter the name of an account there.";
    public override string UserNameInvalid => $"This cannot be a user name. {UserNameRules}";
    public override string UserNameTooLong => "This user name is too long.";
    public override string UserNameTaken => "This user name is already taken. Choose another.";
    public override string DisplayNameEmpty => "Enter the name that your friends will see.";
    public override string PasswordEmpty => "Enter your password.";
    public override string PasswordInvalid => "The password contains a character that no password may contain, such as a control character.";
    public override string PasswordsDiffer => "The two passwords are not the same.";
    public override string DomainInvalid => "This is not a domain. It should look like example.org.";
    public override string ConnectToInvalid => "Enter a host, or host:port, such as chat.example.org:5222.";
    public override string RegistrationClosed => "This server does not accept new accounts. Ask its operator for one.";
    public override string TooManyRegistrations => "Too many accounts were made from your network lately. Try again in an hour.";
    public override string RegisterRefused => "The server does not accept this user name or password. Choose another.";
    public override string AccountMade => "Your account was made, but logging in did not work. Try it with your new password.";
    public override string NameNotSaved => "Your display name could not be saved. Set it in My profile.";
    public override string ServerUnknown => "The server does not answer. Check your network and try again.";

    public override string InsecureTitle => "This address is not secure";
    public override string InsecureText => "Over http, others on the network could read your password, and the browser gives this page no cryptography. So nobody can log in here.";
    public override string InsecureOpen => "Open the secure address";
    public override string InsecureNoAddress => "Ask the operator of this server for its https address.";

    public override string ElsewhereTitle => "MyChat is open in another tab";
    public override string ElsewhereText => "Only one tab at a time keeps your connection and history.";
    public override string ElsewhereUseHere => "Use it here";
    public override string Starting => "Starting…";

    public override string CertificateTitle => "Do you know this server?";
    public override string CertificateText(string domain) => $"No authority that this computer knows vouches for the certificate of {domain}. That is normal for a server of your own; elsewhere somebody may be listening. Compare the fingerprint with the one that the operator gave you.";
    public override string CertificateOtherName(string domain) => $"The certificate is not made out to {domain}.";
    public override string CertificateFingerprint => "Fingerprint (SHA-256)";
    public override string CertificateSubject => "Made out to";
    public override string CertificateIssuer => "Issued by";
    public override string CertificateValid => "Valid";
    public override string CertificateTrust => "Trust this certificate";
}

internal sealed class ChineseWelcomeWords : WelcomeWords
{
    public override string Slogan => "与好友从容相谈";
    public override string LogIn => "登录";
    public override string Register => "注册";
    public override string LoggingIn => "正在登录…";
    public override string Registering => "正在创建账号…";
    public override string UserName => "用户名";
    public override string UserNameHint(string domain) => $"你的地址将是“用户名@{domain}”。可以用各种文字的字母、汉字、数字和 . _ -，不能有空格。";
    public override string DisplayName => "昵称";
    public override string DisplayNameHint => "好友看到的名字，随时可以修改。";
    public override string Password => "密码";
    public override string RepeatPassword => "确认密码";
    public override string Remember => "在本设备保持登录";
    public override string Advanced => "高级";
    public override string Domain => "域名";
    public override string DomainHint => "你的地址中 @ 后面的部分。";
    public override string ConnectTo => "连接到";
    public override string ConnectToHint => "主机:端口，仅当与域名不同时填写。";
    public override string Server(string domain) => $"服务器：{domain}";

    public override string UserNameRules => "可以用各种文字的字母、汉字、数字和 . _ -，不能有空格和 \" & ' / : < > @。";
    public override string UserNameEmpty => "请输入用户名。";
    public override string UserNameHas(string character) => $"用户名不能包含 {character}";
    public override string UserNameHasSpace => "用户名不能包含空格。";
    public override string UserNameIsAddress(string localpart) => $"这里只需填写 @ 前面的部分：{localpart}";
    public override string UserNameOfOtherServer(string domain) => $"本页面属于 {domain}，请输入该服务器上的用户名。";
    public override string UserNameInvalid => $"不能用作用户名。{UserNameRules}";
    public override string UserNameTooLong => "用户名太长了。";
    public override string UserNameTaken => "这个用户名已经被占用，请换一个。";
    public override string DisplayNameEmpty => "请输入好友将看到的名字。";
    public override string PasswordEmpty => "请输入密码。";
    public override string PasswordInvalid => "密码包含不允许的字符，例如控制字符。";
    public override string PasswordsDiffer => "两次输入的密码不一致。";
    public override string DomainInvalid => "这不是有效的域名，应类似 example.org。";
    public override string ConnectToInvalid => "请输入主机或“主机:端口”，例如 chat.example.org:5222。";
    public override string RegistrationClosed => "此服务器不开放注册，请向管理员申请账号。";
    public override string TooManyRegistrations => "你所在的网络近期注册的账号过多，请一小时后再试。";
    public override string RegisterRefused => "服务器不接受这个用户名或密码，请换一个。";
    public override string AccountMade => "账号已创建，但登录没有成功，请用新密码重试。";
    public override string NameNotSaved => "昵称没有保存成功，请在“我的资料”中设置。";
    public override string ServerUnknown => "服务器没有响应，请检查网络后重试。";

    public override string InsecureTitle => "这个地址不安全";
    public override string InsecureText => "通过 http 访问时，网络上的其他人可能看到你的密码，浏览器也不向此页面提供加密功能，因此无法在这里登录。";
    public override string InsecureOpen => "打开安全地址";
    public override string InsecureNoAddress => "请向服务器管理员询问 https 地址。";

    public override string ElsewhereTitle => "MyChat 已在其他标签页打开";
    public override string ElsewhereText => "同一时间只能由一个标签页保持连接和聊天记录。";
    public override string ElsewhereUseHere => "在这里使用";
    public override string Starting => "正在启动…";

    public override string CertificateTitle => "你认识这台服务器吗？";
    public override string CertificateText(string domain) => $"本机信任的机构都没有为 {domain} 的证书作保。自己搭建的服务器通常如此；若不是，可能有人正在窃听。请与管理员提供的指纹核对。";
    public override string CertificateOtherName(string domain) => $"这张证书不是颁发给 {domain} 的。";
    public override string CertificateFingerprint => "指纹（SHA-256）";
    public override string CertificateSubject => "颁发给";
    public override string CertificateIssuer => "颁发者";
    public override string CertificateValid => "有效期";
    public override string CertificateTrust => "信任此证书";
}
