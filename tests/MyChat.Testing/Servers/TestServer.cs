using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MyChat.Client.Connections;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Connections;
using MyChat.Storage;
using WebSocketTransport = MyChat.Client.Connections.WebSocketTransport;

namespace MyChat.Testing.Servers;

/// <summary>
/// The server inside the test's process: all that it takes to start one is here. For <see cref="PlayTransport.Memory"/> its clock is the
/// play's; for the others it listens on free ports of the loopback address and lives in real time.
/// </summary>
public sealed class TestServer : PlayServer
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mychat-").FullName;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _served = new();
    private readonly FakeTimeProvider? _clock;
    private readonly TestCertificate _certificate;
    private readonly ServerOptions _options;
    private readonly IHost _host;
    private ListenOptions? _tls;
    private ListenOptions? _startTls;
    private ListenOptions? _web;
    private int _links;

    private TestServer(PlayTransport transport, TestServerOptions options)
    {
        _options = new ServerOptions
        {
            Domain = "verona.lit",
            C2s = new C2sOptions { AllowPlaintext = transport == PlayTransport.Memory },
            Registration = new RegistrationOptions { PerAddressPerHour = 0 },
        };
        _options.Limits.FailedLoginsPerAddressPerMinute = 0;
        if (transport == PlayTransport.Memory)
        {
            _options.Limits.BytesPerSecondPerSession = 0; // a clock that stands still would slow a client down for ever
        }
        options.Configure?.Invoke(_options);
        _certificate = new TestCertificate(Domain);
        if (transport == PlayTransport.Memory)
        {
            _clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 20, 0, 0, TimeSpan.Zero));
            var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
            AddServices(builder.Services, options, _clock);
            _host = builder.Build();
        }
        else
        {
            _host = BuildListening(options);
        }
    }

    /// <summary>Starts one for plays over this transport.</summary>
    public static async Task<TestServer> StartAsync(PlayTransport transport, TestServerOptions? options = null)
    {
        var server = new TestServer(transport, options ?? new TestServerOptions());
        try
        {
            await server._host.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public override string Domain => _options.Domain;

    /// <summary>What the server is made of, for what a play cannot see.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>The server's clock.</summary>
    public TimeProvider Clock => _clock ?? TimeProvider.System;

    /// <summary>Where the database is.</summary>
    public string DataDirectory => _directory;

    /// <summary>Where http and WebSocket are spoken, where the server listens at all.</summary>
    public int WebPort => _web?.IPEndPoint?.Port ?? throw new InvalidOperationException("This server does not listen.");

    /// <summary>Where TLS is spoken from the first byte, where the server listens at all.</summary>
    public int TlsPort => _tls?.IPEndPoint?.Port ?? throw new InvalidOperationException("This server does not listen.");

    private void AddServices(IServiceCollection services, TestServerOptions options, TimeProvider clock)
    {
        var storage = new StorageOptions { DataDirectory = _directory };
        options.Storage?.Invoke(storage);
        PlayDatabases.Choose(storage);
        services
            .AddLogging(logging => _ = Environment.GetEnvironmentVariable("MYCHAT_TEST_LOG") is null
                ? logging
                : logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Debug))
            .AddSingleton(clock)
            .AddSingleton<IServerCertificate>(_certificate)
            .AddMyChatStorage(storage)
            .AddXmppServer(_options, provider => [.. options.Modules, .. options.MoreModules?.Invoke(provider) ?? []]);
    }

    private WebApplication BuildListening(TestServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddServices(builder.Services, options, TimeProvider.System);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => Serve(_startTls = listen).UseXmpp());
            kestrel.Listen(IPAddress.Loopback, 0, listen => Serve(_tls = listen).UseXmppTls());
            kestrel.Listen(IPAddress.Loopback, 0, listen => (_web = listen).Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            try
            {
                await next(context);
            }
            finally
            {
                Ended(context.Request.Query["link"].ToString());
            }
        });
        app.MapXmpp();
        return app;
    }

    /// <summary>Takes note of when the server is through with a connection.</summary>
    private ListenOptions Serve(ListenOptions listen)
    {
        listen.Use(next => async connection =>
        {
            try
            {
                await next(connection);
            }
            finally
            {
                Ended($"{((IPEndPoint)connection.RemoteEndPoint!).Port}");
            }
        });
        return listen;
    }

    private void Ended(string link) => Served(link).TrySetResult();

    private TaskCompletionSource Served(string link) =>
        _served.GetOrAdd(link, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public override PlayLink Connect(PlayTransport transport)
    {
        if (transport == PlayTransport.Memory)
        {
            var pipes = new PipePair();
            var server = Services.GetRequiredService<XmppServer>();
            var served = server.ServeAsync(
                new PipeTransport(pipes.Server, new IPEndPoint(IPAddress.Loopback, 0)), directTls: false, CancellationToken.None);
            return new PlayLink(new StreamTransport(pipes.Client, isPrivate: false), () => served);
        }
        if (transport == PlayTransport.WebSocket)
        {
            // A WebSocket does not tell its port, so the address tells the connections apart.
            var link = $"link{Interlocked.Increment(ref _links)}";
            var uri = new Uri($"ws://127.0.0.1:{_web!.IPEndPoint!.Port}/xmpp-websocket?link={link}");
            return new PlayLink(new WebSocketTransport(uri, _certificate.Trust), () => Served(link).Task);
        }
        var (listen, mode) = transport == PlayTransport.Tls ? (_tls, TlsMode.Direct) : (_startTls, TlsMode.StartTls);
        var tcp = new TcpTransport("127.0.0.1", listen!.IPEndPoint!.Port, Domain, mode, _certificate.Trust);
        return new PlayLink(tcp, () => Served($"{tcp.LocalPort}").Task);
    }

    public override async Task RegisterAsync(string localpart, string password)
    {
        var outcome = await Services.GetRequiredService<AccountRegistry>().RegisterAsync(localpart, password, CancellationToken.None);
        if (outcome != RegistrationOutcome.Created)
        {
            throw new InvalidOperationException($"{localpart}: {outcome}");
        }
    }

    public override void Advance(TimeSpan time) =>
        (_clock ?? throw new NotSupportedException("This play lives in real time.")).Advance(time);

    public override async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        _certificate.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
